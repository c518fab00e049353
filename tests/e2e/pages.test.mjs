// pages.test.mjs - every page as somebody sees it who is not logged in.
import { lookAs, lookAtFaults } from './lib/look.mjs';

lookAs('nobody');
lookAtFaults();
