import type { Path } from '../path';

/** What someone most likely meant, and what to write for it. */
export interface Advice {
  message: string;
  example?: object;
  /** The place where it belongs. */
  meant?: Path;
}
