// Brings /programma/ to life.
import { start } from '../lib/start';
import Page, { meta } from './programma';

void start(Page, meta);
