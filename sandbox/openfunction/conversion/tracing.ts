import type { JsonRecord } from '../../../src/record';
import { flagAt, mappingAt, readMapping, scalarAt, scalarMapAt, writeYaml } from './annotation-yaml';
import { objectAt, omitEmpty, present, sortedEntries, textAt, values } from './go-json';

const optionalExporterFields = ['headers', 'compression', 'timeout', 'protocol'];

/**
 * `serving.tracing` of v1beta2 from the annotation `plugins.tracing` of v1beta1.
 *
 * @throws ConversionError for YAML that is not of that form.
 */
export function tracingFromAnnotation(annotations: JsonRecord): JsonRecord | undefined {
  const text = textAt(annotations, 'plugins.tracing');
  if (text === '') return undefined;
  const tracing = readMapping(text);
  const provider = mappingAt(tracing, 'provider');
  return present({
    enabled: flagAt(tracing, 'enabled'),
    provider: provider && readProvider(provider),
    tags: omitEmpty(scalarMapAt(tracing, 'tags')),
    baggage: omitEmpty(scalarMapAt(tracing, 'baggage')),
  });
}

/** The annotation `plugins.tracing` for the tracing of v1beta2. */
export function annotationFromTracing(tracing: JsonRecord): string {
  const provider = objectAt(tracing, 'provider');
  return writeYaml({
    enabled: tracing.enabled === true,
    provider: provider ? writeProvider(provider) : null,
    ...sortedMap(tracing, 'tags'),
    ...sortedMap(tracing, 'baggage'),
  });
}

function readProvider(provider: JsonRecord): JsonRecord {
  const exporter = mappingAt(provider, 'exporter');
  return present({
    name: scalarAt(provider, 'name'),
    oapServer: omitEmpty(scalarAt(provider, 'oapServer')),
    exporter: exporter && readExporter(exporter),
  });
}

function readExporter(exporter: JsonRecord): JsonRecord {
  const optional = optionalExporterFields.map((key) => [key, omitEmpty(scalarAt(exporter, key))] as const);
  return present({
    name: scalarAt(exporter, 'name'),
    endpoint: scalarAt(exporter, 'endpoint'),
    ...Object.fromEntries(optional),
  });
}

function writeProvider(provider: JsonRecord): JsonRecord {
  const exporter = objectAt(provider, 'exporter');
  return present({
    name: textAt(provider, 'name'),
    ...values(provider, 'oapServer'),
    exporter: exporter && {
      name: textAt(exporter, 'name'),
      endpoint: textAt(exporter, 'endpoint'),
      ...values(exporter, ...optionalExporterFields),
    },
  });
}

/** The yaml.v3 package writes the keys of a map in order. */
function sortedMap(tracing: JsonRecord, key: string): JsonRecord {
  const entries = sortedEntries(tracing, key);
  return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}
