// Brings the page to life.
import { start } from '../lib/start';
import Matching, { meta } from './matching';

void start(Matching, meta);
