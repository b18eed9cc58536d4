import { isRecord, withoutUndefined, type JsonRecord } from '../../record';
import { mapInAnnotation, scalarIn } from './annotation';

/** What YAML 1.1, in which OpenFunction reads the annotation, takes for true. */
const yes = ['true', 'y', 'yes', 'on'];

/** The tracing of the annotation `plugins.tracing`. */
export function toTracing(annotations: Readonly<Record<string, string>>): JsonRecord | undefined {
  const tracing = mapInAnnotation(annotations, 'plugins.tracing');
  if (tracing === undefined) return undefined;
  const { provider, tags, baggage } = tracing;
  return withoutUndefined({
    enabled: yes.includes((scalarIn(tracing, 'enabled') ?? '').toLowerCase()),
    provider: isRecord(provider) ? toProvider(provider) : undefined,
    tags: isRecord(tags) ? tags : undefined,
    baggage: isRecord(baggage) ? baggage : undefined,
  });
}

function toProvider(provider: JsonRecord): JsonRecord {
  const { exporter } = provider;
  return withoutUndefined({
    ...scalars(provider, ['name', 'oapServer']),
    exporter: isRecord(exporter)
      ? scalars(exporter, ['name', 'endpoint', 'headers', 'compression', 'timeout', 'protocol'])
      : undefined,
  });
}

function scalars(map: JsonRecord, keys: readonly string[]): JsonRecord {
  return withoutUndefined(Object.fromEntries(keys.map((key) => [key, scalarIn(map, key)])));
}
