// Brings the page to life.
import { start } from '../lib/start';
import Mine, { meta } from './mijn';

void start(Mine, meta);
