import { textAt, valueAt, type JsonRecord } from '../record';
import { hasBuild, hasServing } from './parts';

/** Under this name a stamp is set, so that a deploy without one does not take it away: that would be a change again. */
export const stampManager = 'serverless-devs-ofn-rollout';

const annotation = 'ofn.serverless-devs.com/rollout';
const variable = 'OFN_ROLLOUT';

export interface Stamp {
  /** What it makes OpenFunction do. */
  renews: 'build' | 'serving';
  /** The part of the spec to apply. */
  spec: JsonRecord;
}

/**
 * A harmless change that OpenFunction does notice. The serving gets an annotation. A build gets an environment variable;
 * of a Dockerfile, whose strategies know no environment, the limit of the BuildRun changes by milliseconds.
 * @param time of the rollout
 * @returns undefined where a build cannot be stamped, since the limit is the user's own
 */
export function stampOf(spec: unknown, renews: 'build' | 'serving', time: Date): Stamp | undefined {
  if (renews === 'serving') return { renews, spec: { serving: { annotations: { [annotation]: time.toISOString() } } } };
  const build = valueAt(spec, ['build']);
  if (textAt(build, ['dockerfile']) === '') {
    const value = time.toISOString().replace(/\.\d+Z$/, 'Z');
    return { renews, spec: { build: { env: { [variable]: value } } } };
  }
  const timeout = textAt(build, ['shipwright', 'timeout']);
  if (timeout !== '' && !timeout.startsWith('1h0m0.')) return undefined;
  const nanoseconds = String(time.getTime() % 1_000_000_000).padStart(9, '0');
  return { renews, spec: { build: { shipwright: { timeout: `1h0m0.${nanoseconds}s` } } } };
}

/** What is to be renewed so that a forced rollout does what it is asked for. */
export function partToRenew(fn: unknown, unseen: readonly string[]): 'build' | 'serving' {
  return hasBuild(fn) && (unseen.length === 0 || !hasServing(fn)) ? 'build' : 'serving';
}
