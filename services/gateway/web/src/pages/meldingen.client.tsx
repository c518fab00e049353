// Brings the page to life.
import { start } from '../lib/start';
import Alerts, { meta } from './meldingen';

void start(Alerts, meta);
