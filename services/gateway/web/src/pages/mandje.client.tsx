// Brings /mandje/ to life.
import { start } from '../lib/start';
import Page, { meta } from './mandje';

void start(Page, meta);
