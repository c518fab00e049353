// What the parts of an initiative's realisation share.
export type { Initiative } from '../gen/api';

// Does something, reads anew what may have changed, and says what was done.
export type Acting = (said: string, work: () => Promise<unknown>) => Promise<void>;
