// Brings /deal/ to life.
import { start } from '../lib/start';
import Page, { meta } from './deal';

void start(Page, meta);
