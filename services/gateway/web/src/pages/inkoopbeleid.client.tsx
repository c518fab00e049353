// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './inkoopbeleid';

void start(Page, meta);
