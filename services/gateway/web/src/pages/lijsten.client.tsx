// Brings /lijsten/ to life.
import { start } from '../lib/start';
import Page, { meta } from './lijsten';

void start(Page, meta);
