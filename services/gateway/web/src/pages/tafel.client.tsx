// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './tafel';

void start(Page, meta);
