// Brings the page to life.
import { start } from '../lib/start';
import LogIn, { meta } from './inloggen';

void start(LogIn, meta);
