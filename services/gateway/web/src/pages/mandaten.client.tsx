// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './mandaten';

void start(Page, meta);
