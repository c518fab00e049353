// Brings the page to life.
import { start } from '../lib/start';
import Market, { meta } from './marktplaats';

void start(Market, meta);
