// pages-buyer.test.mjs - the pages that are another for who buys, approves and pays.
import { lookAs } from './lib/look.mjs';

lookAs('buyer', 'finance');
