// Brings /stad/ to life.
import { start } from '../lib/start';
import Page, { meta } from './stad';

void start(Page, meta);
