// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './factuurgegevens';

void start(Page, meta);
