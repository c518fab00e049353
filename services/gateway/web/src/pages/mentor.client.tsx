// Brings /mentor/ to life.
import { start } from '../lib/start';
import Page, { meta } from './mentor';

void start(Page, meta);
