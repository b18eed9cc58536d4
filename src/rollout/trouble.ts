import { enoughOccurrences, patience } from './patience';
import type { Question, Reason } from './report';

/** Something that keeps a function from running. */
export interface Trouble {
  /** Its identity while it lasts. */
  key: string;
  /**
   * - `final`: it ends the rollout at once.
   * - `lasting`: it does when it lasts.
   * - `slight`: it never does.
   */
  gravity: 'final' | 'lasting' | 'slight';
  /** Milliseconds after which a lasting one ends the rollout. Default: `patience.trouble`. */
  limit?: number;
  /** Milliseconds for which it is nothing to speak of: it may be no more than a beginning. Default: 0. */
  hiddenFor?: number;
  /** How often it has happened, where the cluster counts. */
  occurrences?: number;
  reason: Reason;
  /** A log that tells more. */
  question?: Question;
}

/** When a trouble ends the rollout, given when it was first seen; Infinity for never. */
export function endOf({ gravity, limit = patience.trouble, occurrences = 1 }: Trouble, since: number): number {
  if (gravity === 'final' || (gravity === 'lasting' && occurrences >= enoughOccurrences)) return since;
  return gravity === 'slight' ? Infinity : since + limit;
}

/** The gravest first. */
export function byGravity(a: Trouble, b: Trouble): number {
  const order: Trouble['gravity'][] = ['final', 'lasting', 'slight'];
  return order.indexOf(a.gravity) - order.indexOf(b.gravity);
}
