// Brings /roadmap/ to life.
import { start } from '../lib/start';
import Page, { meta } from './roadmap';

void start(Page, meta);
