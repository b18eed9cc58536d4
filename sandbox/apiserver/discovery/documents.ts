import type { JsonRecord } from '../../../src/record';
import { apiVersionOf, type ResourceType, type TypeRegistry } from '../resources';

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** `/api`: the versions of the core group. */
export function coreVersions(server: string): JsonRecord {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: server }],
  };
}

/** `/apis`: all groups with their versions. */
export function groupList(types: TypeRegistry): JsonRecord {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames(types).map((group) => groupOf(types, group)) };
}

/** `/apis/GROUP`, or undefined when there is no such group. */
export function groupDocument(types: TypeRegistry, group: string): JsonRecord | undefined {
  if (!groupNames(types).includes(group)) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(types, group) };
}

/** `/apis/GROUP/VERSION` and `/api/v1`: the types of a version, or undefined when it is not served. */
export function resourceList(types: TypeRegistry, group: string, version: string): JsonRecord | undefined {
  const served = types
    .all()
    .filter((type) => type.group === group && type.versions.some(({ name }) => name === version));
  if (served.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf({ group }, version),
    resources: served.flatMap((type) => resourcesOf(type, version)),
  };
}

function groupNames(types: TypeRegistry): string[] {
  return [...new Set(types.all().map(({ group }) => group))].filter((group) => group !== '').sort();
}

function groupOf(types: TypeRegistry, group: string): JsonRecord {
  const names = types
    .all()
    .filter((type) => type.group === group)
    .flatMap(({ versions }) => versions.map(({ name }) => name));
  const versions = [...new Set(names)].map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function resourcesOf(type: ResourceType, version: string): JsonRecord[] {
  const { plural, singular, namespaced, kind, shortNames, categories, subresources = {} } = type;
  const isVirtual = type.verbs !== undefined;
  const hasStatus = type.versions.some(({ name, hasStatus }) => name === version && hasStatus);
  const sub = (name: string, kindOfAnswer: string, subVerbs: string[]): JsonRecord => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind: kindOfAnswer,
    verbs: subVerbs,
  });
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: isVirtual ? type.verbs : verbs,
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories && { categories }),
      ...(!isVirtual && { storageVersionHash: '' }),
    },
    ...(hasStatus ? [sub('status', kind, ['get', 'patch', 'update'])] : []),
    ...Object.entries(subresources).map(([name, kindOfAnswer]) => sub(name, kindOfAnswer, ['get'])),
  ];
}
