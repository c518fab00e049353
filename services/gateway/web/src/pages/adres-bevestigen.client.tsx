// Brings the page to life.
import { start } from '../lib/start';
import Confirm, { meta } from './adres-bevestigen';

void start(Confirm, meta);
