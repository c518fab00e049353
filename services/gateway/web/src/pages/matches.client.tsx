// Brings the page to life.
import { start } from '../lib/start';
import Matches, { meta } from './matches';

void start(Matches, meta);
