// Brings the page to life.
import { start } from '../lib/start';
import Import, { meta } from './aanbod-importeren';

void start(Import, meta);
