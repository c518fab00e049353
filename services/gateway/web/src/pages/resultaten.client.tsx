// Brings /resultaten/ to life.
import { start } from '../lib/start';
import Page, { meta } from './resultaten';

void start(Page, meta);
