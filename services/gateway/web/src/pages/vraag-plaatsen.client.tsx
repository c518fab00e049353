// Brings the page to life.
import { start } from '../lib/start';
import PostNeed, { meta } from './vraag-plaatsen';

void start(PostNeed, meta);
