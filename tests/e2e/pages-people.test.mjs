// pages-people.test.mjs - pages that are another for suppliers, programmes, cities and moderators.
import { lookAs } from './lib/look.mjs';

lookAs('supplier', 'manager', 'applicant', 'policy', 'alderman', 'moderator');
