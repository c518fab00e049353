// Brings /initiatief/ to life.
import { start } from '../lib/start';
import Page, { meta } from './initiatief';

void start(Page, meta);
