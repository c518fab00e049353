// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './sroi';

void start(Page, meta);
