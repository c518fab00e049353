// Brings the page to life.
import { start } from '../lib/start';
import Unsubscribe, { meta } from './afmelden';

void start(Unsubscribe, meta);
