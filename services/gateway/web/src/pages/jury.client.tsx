// Brings /jury/ to life.
import { start } from '../lib/start';
import Page, { meta } from './jury';

void start(Page, meta);
