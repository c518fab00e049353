// Brings /inkoopsysteem/ to life.
import { start } from '../lib/start';
import Page, { meta } from './inkoopsysteem';

void start(Page, meta);
