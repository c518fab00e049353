// Brings /beraad/ to life.
import { start } from '../lib/start';
import Page, { meta } from './beraad';

void start(Page, meta);
