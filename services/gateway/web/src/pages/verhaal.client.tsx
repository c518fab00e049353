// Brings /verhaal/ to life.
import { start } from '../lib/start';
import Page, { meta } from './verhaal';

void start(Page, meta);
