// Brings /onderneming/ to life.
import { start } from '../lib/start';
import EnterpriseView, { meta } from './onderneming';

void start(EnterpriseView, meta);
