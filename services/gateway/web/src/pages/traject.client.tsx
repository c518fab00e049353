// Brings /traject/ to life.
import { start } from '../lib/start';
import Page, { meta } from './traject';

void start(Page, meta);
