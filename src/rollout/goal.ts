import { hasBuild } from '../function/parts';
import { textAt } from '../record';
import type { Release } from '../releases';
import { baselineOf, foretell, type Expectation } from './expectation';
import type { LiveObject } from '../live-object';
import { isSettled } from './settled';
import type { Goal } from './state';

/** What is known of an apply. */
export interface ApplyFacts {
  /** The Function before it; null when there was none, undefined when it could not be read. */
  before: LiveObject | null | undefined;
  applied: LiveObject;
  outcome: 'created' | 'updated' | 'unchanged';
  /** The server's clock, milliseconds since 1970. */
  serverTime: number | undefined;
  releases: readonly Release[];
  /** Whether the server has Functions of a later version than the one that was applied. */
  hasNewerVersion: boolean;
}

/** What the rollout of an apply is to reach. */
export function goalOf(facts: ApplyFacts): Omit<Goal, 'deadline'> {
  const { applied, outcome, serverTime, hasNewerVersion } = facts;
  return {
    applied,
    baseline: outcome === 'created' ? { builder: '', serving: '' } : baselineOf(applied),
    expected: expectationOf(facts),
    isChanged: outcome !== 'unchanged',
    isComplete: !hasNewerVersion,
    serverTime,
  };
}

function expectationOf({ before, applied, outcome, serverTime, releases }: ApplyFacts): Expectation {
  if (outcome === 'created') return { build: 'new', serving: 'new', unseen: [] };
  // Of what was not changed the state before is the state now.
  const known = before ?? (outcome === 'unchanged' ? applied : undefined);
  const foretold = foretell(known, applied, releases);
  if (known === undefined || isSettled(known, serverTime)) return foretold;
  const unsure = { build: orMaybe(foretold.build), serving: orMaybe(foretold.serving) };
  return { ...foretold, ...unsure };
}

/** What was changed just before may still be on its way into the status. */
function orMaybe(renewal: Expectation['build']): Expectation['build'] {
  return renewal === 'same' ? 'maybe' : renewal;
}

/**
 * Whether an image would be run with the digest of another one: OpenFunction keeps the digest of the last build when a function
 * is no longer built. An image that is built anew under the same name is another one, too. Source: OpenFunction v1.2.0 function_controller.go, getServingImage.
 */
export function keepsOldDigest(before: LiveObject, manifest: unknown, imageIsNew: boolean): boolean {
  const digest = textAt(before.status, ['revision', 'imageDigest']);
  const image = textAt(manifest, ['spec', 'image']);
  const isAnother = imageIsNew || image !== textAt(before.spec, ['image']);
  return digest !== '' && !hasBuild(manifest) && isAnother && !image.endsWith(`@${digest}`);
}
