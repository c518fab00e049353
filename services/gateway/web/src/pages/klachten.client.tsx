// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './klachten';

void start(Page, meta);
