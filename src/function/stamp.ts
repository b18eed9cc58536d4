import { isRecord, recordAt, textAt, valueAt, withoutUndefined, type JsonRecord } from '../record';
import { hasBuild, hasServing } from './parts';

/** Under this name a stamp is set, so that a deploy without one does not take it away: that would be a change again. */
export const stampManager = 'serverless-devs-ofn-rollout';

const annotation = 'ofn.serverless-devs.com/rollout';
const variable = 'OFN_ROLLOUT';
/** An hour is the usual limit of a BuildRun. */
const stampedTimeout = /^1h0m0\.\d+s$/;

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
  if (timeout !== '' && !stampedTimeout.test(timeout)) return undefined;
  const nanoseconds = String(time.getTime() % 1_000_000_000).padStart(9, '0');
  return { renews, spec: { build: { shipwright: { timeout: `1h0m0.${nanoseconds}s` } } } };
}

/** A spec without stamps; where one of them was all there was, that is gone, too. */
export function withoutStamps(spec: JsonRecord): JsonRecord {
  const { build, serving } = spec;
  return withoutUndefined({
    ...spec,
    build: isRecord(build) ? withoutBuildStamp(build) : build,
    serving: isRecord(serving) ? without(serving, 'annotations', annotation) : serving,
  });
}

function withoutBuildStamp(build: JsonRecord): JsonRecord {
  const stamped = without(build, 'env', variable);
  const isStamp = stampedTimeout.test(textAt(build, ['shipwright', 'timeout']));
  return isStamp ? without(stamped, 'shipwright', 'timeout') : stamped;
}

/** A map without a key of the map at another key of it. */
function without(parent: JsonRecord, at: string, key: string): JsonRecord {
  const { [key]: gone, ...kept } = recordAt(parent, [at]);
  if (gone === undefined) return parent;
  return withoutUndefined({ ...parent, [at]: Object.keys(kept).length > 0 ? kept : undefined });
}

/** What is to be renewed so that a forced rollout does what it is asked for. */
export function partToRenew(fn: unknown, unseen: readonly string[]): 'build' | 'serving' {
  return hasBuild(fn) && (unseen.length === 0 || !hasServing(fn)) ? 'build' : 'serving';
}
