// Brings /ronde/ to life.
import { start } from '../lib/start';
import Page, { meta } from './ronde';

void start(Page, meta);
