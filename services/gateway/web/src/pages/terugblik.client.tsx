// Brings /terugblik/ to life.
import { start } from '../lib/start';
import Page, { meta } from './terugblik';

void start(Page, meta);
