import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { UserError } from '../../errors';
import { isRecord, type JsonRecord } from '../../record';
import { describeYamlError } from '../../yaml-error';

/**
 * The map that an annotation holds as YAML, its scalars as they are written: 1.0 stays "1.0". Undefined without the annotation.
 * @throws UserError when it holds something else
 */
export function mapInAnnotation(
  annotations: Readonly<Record<string, string>>,
  name: 'plugins' | 'plugins.tracing',
): JsonRecord | undefined {
  const text = annotations[name];
  if (!text) return undefined;
  const content = parse(text, name) ?? {};
  if (!isRecord(content)) throw unreadable(name, 'It is no map.');
  return content;
}

function parse(text: string, name: string): unknown {
  try {
    return load(text, { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    throw unreadable(name, describeYamlError(error));
  }
}

function unreadable(name: string, why: string): UserError {
  return new UserError({
    what: `The annotation "${name}" cannot be read as YAML.`,
    why,
    remedy: 'Correct annotations in the props; nothing was changed.',
  });
}

/** Text under a key; undefined where there is none. */
export function scalarIn(map: JsonRecord, key: string): string | undefined {
  const value = map[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
