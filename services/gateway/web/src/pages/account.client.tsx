// Brings the page to life.
import { start } from '../lib/start';
import Account, { meta } from './account';

void start(Account, meta);
