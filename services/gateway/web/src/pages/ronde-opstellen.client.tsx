// Brings the page to life.
import { start } from '../lib/start';
import Page, { meta } from './ronde-opstellen';

void start(Page, meta);
