import { groupVersion, versionOf } from '../api-version';
import { serverMetadata, type LiveObject } from '../live-object';
import { isRecord, recordAt, textAt, withoutUndefined, type JsonRecord } from '../record';
import { toComparable } from './comparable';
import { withoutDefaults } from './defaults';
import { withoutStamps } from './stamp';

/** A Function as its author could have written it in an s.yaml. */
export interface ImportedFunction {
  name: string;
  namespace: string | undefined;
  /** What describes it, but for its name and where it is. */
  props: JsonRecord;
  /** What of its metadata ofn does not apply, for instance `finalizers`. */
  leftOut: readonly string[];
}

/**
 * The props of a Function in the version that it has, v1beta1 or v1beta2. What only the server writes is gone; of a Function
 * that comes from a server, so are the defaults, and what ofn itself has added.
 */
export function importFunction(fn: JsonRecord): ImportedFunction {
  const { name, namespace, labels, annotations } = recordAt(toComparable(fn), ['metadata']);
  const apiVersion = textAt(fn, ['apiVersion']);
  const spec = recordAt(fn, ['spec']);
  return {
    name: String(name),
    namespace: typeof namespace === 'string' ? namespace : undefined,
    props: withoutUndefined({
      apiVersion: versionOf({ apiVersion }) === 'v1beta2' ? groupVersion('v1beta2') : undefined,
      labels: labels ?? undefined,
      annotations: annotations ?? undefined,
      ...(isLive(fn) ? withKindOfStrategy(withoutDefaults(fn, withoutStamps(spec))) : spec),
    }),
    leftOut: Object.entries(recordAt(fn, ['metadata']))
      .filter(([key, value]) => value !== null && !applied.has(key) && !serverMetadata.has(key))
      .map(([key]) => key),
  };
}

function isLive(fn: JsonRecord): fn is JsonRecord & LiveObject {
  return textAt(fn, ['metadata', 'uid']) !== '';
}

/** A strategy without a kind is one of the namespace to Shipwright, but not in props. Source: shipwright v0.11 pkg/validate/strategies.go. */
function withKindOfStrategy(spec: JsonRecord): JsonRecord {
  const build = recordAt(spec, ['build']);
  const shipwright = recordAt(build, ['shipwright']);
  const { strategy } = shipwright;
  if (!isRecord(strategy) || strategy['kind'] !== undefined) return spec;
  const named = { ...strategy, kind: 'BuildStrategy' };
  return { ...spec, build: { ...build, shipwright: { ...shipwright, strategy: named } } };
}

const applied = new Set(['name', 'namespace', 'labels', 'annotations']);
