import type { JsonRecord } from '../../../src/record';
import { metadataSchema } from '../schema/schema';
import { apiVersionOf, type ResourceType, type TypeRegistry } from '../resources';

/** `/openapi/v3`: where the documents of all versions are. */
export function openApiIndex(types: TypeRegistry): JsonRecord {
  const paths = [...new Set(types.all().flatMap((type) => type.versions.map(({ name }) => pathOf(type, name))))];
  return { paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }])) };
}

/** The document of one version: enough for `kubectl explain`, and to say which options its requests know. */
export function openApiDocument(types: TypeRegistry, path: string): JsonRecord | undefined {
  const served = types
    .all()
    .flatMap((type) =>
      type.versions.filter(({ name }) => pathOf(type, name) === path).map(({ name }) => ({ type, version: name })),
    );
  if (served.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'sandbox' },
    paths: Object.fromEntries(
      served.map(({ type, version }) => [objectPath(type, version), operations(type, version)]),
    ),
    components: {
      schemas: Object.fromEntries(
        served.map(({ type, version }) => [schemaName(type, version), schemaOf(type, version)]),
      ),
    },
  };
}

function pathOf({ group }: ResourceType, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function objectPath(type: ResourceType, version: string): string {
  const scope = type.namespaced ? '/namespaces/{namespace}' : '';
  return `/${pathOf(type, version)}${scope}/${type.plural}/{name}`;
}

function operations({ group, kind }: ResourceType, version: string): JsonRecord {
  const parameter = (name: string): JsonRecord => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  });
  const operation = (action: string, parameters: string[]): JsonRecord => ({
    parameters: parameters.map(parameter),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  });
  return {
    get: operation('get', []),
    patch: operation('patch', ['dryRun', 'fieldManager', 'fieldValidation', 'force']),
    put: operation('put', ['dryRun', 'fieldManager', 'fieldValidation']),
    delete: operation('delete', ['dryRun', 'propagationPolicy']),
  };
}

function schemaName({ group, kind }: ResourceType, version: string): string {
  return `${group === '' ? 'io.k8s.api.core' : group.split('.').reverse().join('.')}.${version}.${kind}`;
}

function schemaOf(type: ResourceType, version: string): JsonRecord {
  const schema = type.versions.find(({ name }) => name === version)?.schema ?? {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string', description: apiVersionOf(type, version) },
      kind: { type: 'string', description: type.kind },
      metadata: metadataSchema,
    },
    'x-kubernetes-group-version-kind': [{ group: type.group, kind: type.kind, version }],
  };
}
