// Brings /bijeenkomst/ to life.
import { start } from '../lib/start';
import Page, { meta } from './bijeenkomst';

void start(Page, meta);
