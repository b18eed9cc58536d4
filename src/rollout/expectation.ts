import { hasBuild } from '../function/parts';
import { formatPath, type Path } from '../path';
import { isRecord, textAt, valueAt, type JsonRecord } from '../record';
import { between, type Release } from '../releases';
import { canonical } from './canonical';
import type { LiveObject } from '../live-object';

/** Whether OpenFunction makes a new Builder or Serving of a change: surely, not at all, or maybe. */
export type Renewal = 'new' | 'same' | 'maybe';

/** What a change of a Function is going to bring about. */
export interface Expectation {
  build: Renewal;
  serving: Renewal;
  /** Places in the spec whose change OpenFunction does not see, so that what runs stays as it was. */
  unseen: readonly string[];
}

/**
 * Foretells what OpenFunction does about a change, from the Function before it and after, both of the same API version.
 * @param before undefined when it could not be read
 * @param releases those that the cluster may run
 */
export function foretell(before: LiveObject | undefined, after: LiveObject, releases: readonly Release[]): Expectation {
  if (before === undefined) return { build: 'maybe', serving: 'maybe', unseen: [] };
  if (before.metadata.uid !== after.metadata.uid) return { build: 'new', serving: 'new', unseen: [] };
  const build = renewal(before, after, releases, buildParts);
  const isUnbuilt = hasBuild(before) && !hasBuild(after);
  // What is built anew, or no longer built at all, is served anew.
  const serving = isUnbuilt ? 'new' : later(build, renewal(before, after, releases, servingParts));
  return { build, serving, unseen: serving === 'new' ? [] : unseenChanges(before, after, releases) };
}

function later(build: Renewal, serving: Renewal): Renewal {
  if (build === 'new' || serving === 'new') return 'new';
  return build === 'maybe' ? 'maybe' : serving;
}

function renewal(
  before: LiveObject,
  after: LiveObject,
  releases: readonly Release[],
  partsOf: (fn: LiveObject, release: Release) => unknown,
): Renewal {
  const changes = releases.map((release) => canonical(partsOf(before, release)) !== canonical(partsOf(after, release)));
  if (changes.every(Boolean)) return 'new';
  return changes.some(Boolean) ? 'maybe' : 'same';
}

/** What a Builder is told by from another. Source: function_controller.go, getBuilderHash of 1.2.0 and its forerunners. */
function buildParts({ spec }: LiveObject, release: Release): unknown {
  const { build, image, imageCredentials, port } = spec as JsonRecord;
  if (!isRecord(build)) return undefined;
  if (release === '1.1') return { image, imageCredentials, build };
  const { successfulBuildsHistoryLimit: _s, failedBuildsHistoryLimit: _f, builderMaxAge: _a, ...rest } = build;
  if (between('0.6', '1.0').includes(release)) return { image, imageCredentials, port, build: rest };
  const { timeout: _t, ...hashed } = rest;
  return { image, imageCredentials, build: hashed };
}

/** What a Serving is told by from another. Source: function_controller.go, createServingSpec and createServing. */
function servingParts(fn: LiveObject, release: Release): unknown {
  const { serving, version, image, imageCredentials, port, route } = fn.spec as JsonRecord;
  if (!isRecord(serving)) return undefined;
  const parts = { serving, version, image, imageCredentials, port };
  return between('0.6', '1.0').includes(release) ? parts : { ...parts, route, plugins: pluginsOf(fn) };
}

/** Annotations that become a part of the serving with 1.1 and later. */
function pluginsOf({ metadata }: LiveObject): unknown {
  const { plugins, 'plugins.tracing': tracing } = metadata.annotations ?? {};
  return { plugins, tracing };
}

/** Changes that the user meant to have an effect and that the controller cannot tell. */
function unseenChanges(before: LiveObject, after: LiveObject, releases: readonly Release[]): string[] {
  const inSpec = changedPlaces(valueAt(before, ['spec', 'serving']), valueAt(after, ['spec', 'serving']), ['serving']);
  const inPlugins =
    releases.every((release) => between('0.6', '1.0').includes(release)) &&
    canonical(pluginsOf(before)) !== canonical(pluginsOf(after));
  return [...inSpec.map(formatPath), ...(inPlugins ? ['annotations.plugins'] : [])];
}

/** The innermost places at which two values differ. */
function changedPlaces(before: unknown, after: unknown, path: Path): Path[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changedPlaces(before[key], after[key], [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changedPlaces(item, after[index], [...path, index]));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
}

/** The Builder and the Serving that a Function had before a change. */
export interface Baseline {
  builder: string;
  serving: string;
}

export function baselineOf({ status }: LiveObject): Baseline {
  return {
    builder: textAt(status, ['build', 'resourceRef']),
    serving: textAt(status, ['serving', 'resourceRef']),
  };
}
