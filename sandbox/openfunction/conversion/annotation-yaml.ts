import { dump, FAILSAFE_SCHEMA, loadAll, Type, YAMLException } from 'js-yaml';
import { isRecord, type JsonRecord } from '../../../src/record';
import { ConversionError } from './panic';

/** Scalars stay the text that they are written as, which is how Go decodes `1.0` into a string. */
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', {
      kind: 'scalar',
      resolve: (text: string | null) => text === null || ['', '~', 'null', 'Null', 'NULL'].includes(text),
      construct: () => null,
    }),
  ],
});

/** What yaml.v3 takes for a boolean where it decodes into one. */
const yes = ['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'];
const no = ['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'];

/** The mapping in an annotation; an empty document is an empty one. @throws ConversionError for any other YAML. */
export function readMapping(text: string): JsonRecord {
  try {
    const [document] = loadAll(text, null, { schema });
    return asMapping(document ?? {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new ConversionError(`yaml: ${error.reason}`, { cause: error });
  }
}

export function mappingAt(parent: JsonRecord, key: string): JsonRecord | undefined {
  const value = parent[key] ?? undefined;
  return value === undefined ? undefined : asMapping(value);
}

export function scalarAt(parent: JsonRecord, key: string): string {
  return asText(parent[key]);
}

export function flagAt(parent: JsonRecord, key: string): boolean {
  const text = asText(parent[key]);
  if (text !== '' && !yes.includes(text) && !no.includes(text)) throw mismatch(text, 'bool');
  return yes.includes(text);
}

export function scalarsAt(parent: JsonRecord, key: string): string[] | undefined {
  const value = parent[key] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw mismatch(value, '[]string');
  return value.map(asText);
}

export function scalarMapAt(parent: JsonRecord, key: string): JsonRecord | undefined {
  const mapping = mappingAt(parent, key);
  return mapping && Object.fromEntries(Object.entries(mapping).map(([name, value]) => [name, asText(value)]));
}

/** An object as yaml.v3 writes it: indented by four, no line folded. */
export function writeYaml(value: JsonRecord): string {
  return dump(value, { indent: 4, lineWidth: -1, noRefs: true, quotingType: '"' });
}

function asMapping(value: unknown): JsonRecord {
  if (!isRecord(value)) throw mismatch(value, 'a mapping');
  return value;
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw mismatch(value, 'string');
  return value;
}

function mismatch(value: unknown, type: string): ConversionError {
  const kind = Array.isArray(value) ? '!!seq' : typeof value === 'string' ? `!!str \`${value}\`` : '!!map';
  return new ConversionError(`yaml: unmarshal errors: cannot unmarshal ${kind} into ${type}`);
}
