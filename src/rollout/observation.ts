import type { Change } from '../cluster/follow';
import type { Kind, Observation } from './knowledge';

/** What a change of a collection is to a rollout. */
export function observationOf(kind: Kind, change: Change): Observation {
  switch (change.type) {
    case 'listed':
      return { ...change, kind };
    case 'blind':
      return { type: 'blind', kind, why: change.why };
    default:
      return { type: change.type, kind, object: change.object };
  }
}
