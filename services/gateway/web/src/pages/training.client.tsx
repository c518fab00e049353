// Brings /training/ to life.
import { start } from '../lib/start';
import Page, { meta } from './training';

void start(Page, meta);
