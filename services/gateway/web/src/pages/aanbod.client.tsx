// Brings the page to life.
import { start } from '../lib/start';
import OfferView, { meta } from './aanbod';

void start(OfferView, meta);
