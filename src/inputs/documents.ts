import { groupVersion } from '../api-version';
import { UserError } from '../errors';
import { isRecord, valueAt, type JsonRecord } from '../record';
import { describeYamlError } from '../yaml-error';

/** The documents of a YAML file, less empty ones. @throws UserError when it cannot be read as YAML */
export async function parseDocuments(text: string, file: string): Promise<unknown[]> {
  const { DEFAULT_SCHEMA, loadAll, Type } = await import('js-yaml');
  // A date is text in Kubernetes.
  const noDate = new Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', resolve: () => false });
  const schema = DEFAULT_SCHEMA.extend({ implicit: [noDate] });
  try {
    return loadAll(text, undefined, { schema }).filter((document) => document !== null && document !== undefined);
  } catch (error) {
    throw wrongManifest(file, describeYamlError(error), 'Correct the YAML.');
  }
}

const apiVersions: readonly unknown[] = [groupVersion('v1beta1'), groupVersion('v1beta2')];

/** @throws UserError for what is no Function of these versions */
export function requireFunction(
  document: JsonRecord,
  file: string,
): asserts document is JsonRecord & { apiVersion: string; spec: JsonRecord } {
  const { apiVersion, kind, spec } = document;
  if (kind !== 'Function' || !apiVersions.includes(apiVersion)) {
    throw wrongManifest(
      file,
      `It is ${String(apiVersion)} ${String(kind)}.`,
      `Give a manifest with kind: Function and apiVersion: ${apiVersions.join(' or ')}.`,
    );
  }
  if (!isRecord(spec)) throw wrongManifest(file, 'It has no spec.', 'Write the function under spec.');
  const misplaced = propsOnly.find((field) => valueAt(spec, field.split('.')) !== undefined);
  if (misplaced !== undefined) {
    throw wrongManifest(
      file,
      `spec.${misplaced} is not a field of a Function.`,
      'Write it in the props of the s.yaml.',
    );
  }
}

/** Props that are no part of the spec. */
const propsOnly = [
  'kubeconfig',
  'context',
  'createNamespace',
  'pack',
  'manifest',
  'apiVersion',
  'build.source',
  'imageCredentials.fromDocker',
  'name',
  'namespace',
  'labels',
  'annotations',
];

export function wrongManifest(file: string, why: string, remedy: string): UserError {
  return new UserError({ what: `The manifest ${file} cannot be used.`, why, remedy });
}
