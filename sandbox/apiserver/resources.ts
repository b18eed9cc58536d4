import type { JsonRecord } from '../../src/record';
import type { FieldError } from './errors';
import type { ObjectDraft } from './objects';
import type { Schema } from './schema/schema';

/** A column of `kubectl get`. */
export interface Column {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  /** What stands in it; undefined where the object has nothing to say. */
  cell(object: JsonRecord, now: number): unknown;
}

export interface ServedVersion {
  name: string;
  /** Undefined for built-in types, which are taken as they come. */
  schema: Schema | undefined;
  columns: readonly Column[];
  hasStatus: boolean;
}

/** What webhooks do to objects of a type before they are stored. */
export interface Admission {
  /** The version in which the webhooks want to see objects. */
  version: string;
  mutate(object: ObjectDraft): ObjectDraft;
  /** Why an object is refused, or undefined. */
  validate(object: ObjectDraft): { webhook: string; reason: string } | undefined;
}

export interface ResourceType {
  group: string;
  kind: string;
  listKind: string;
  plural: string;
  singular: string;
  shortNames: readonly string[];
  categories?: readonly string[];
  namespaced: boolean;
  /** Whether the definition of the type is being deleted. */
  isEnding?: boolean;
  /** Those of the newest first. */
  versions: readonly ServedVersion[];
  storageVersion: string;
  /** Whether `metadata.generation` counts changes of the spec. */
  hasGeneration: boolean;
  /** Whether this is a built-in type, whose names, verbs and patches differ a little from custom ones. */
  builtIn: boolean;
  /** Verbs of a type whose objects are only questions, never stored; undefined for all others. */
  verbs?: readonly string[];
  /** Subresources besides `status`, by name with the kind they answer with. */
  subresources?: Readonly<Record<string, string>>;
  /** From one served version to another; without it only `apiVersion` changes. @throws Error of the conversion webhook. */
  convert?: (object: JsonRecord, version: string) => JsonRecord;
  admission?: Admission;
  /** Fills in what the server itself writes into new objects of a built-in type. */
  prepare?: (draft: ObjectDraft) => ObjectDraft;
  /** What a built-in type asks of its objects; `before` is what is to be replaced. */
  rules?: (object: JsonRecord, before?: JsonRecord) => FieldError[];
  /** Where objects are kept, when two types are views of the same objects. */
  storedAs?: { group: string; plural: string };
}

export function apiVersionOf({ group }: Pick<ResourceType, 'group'>, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

export function servedVersion(type: ResourceType, name: string): ServedVersion | undefined {
  return type.versions.find((version) => version.name === name);
}

/** All types that the server serves; CustomResourceDefinitions add to them and take from them. */
export interface TypeRegistry {
  add: (type: ResourceType) => void;
  remove: (type: Pick<ResourceType, 'group' | 'plural'>) => void;
  find(group: string, plural: string): ResourceType | undefined;
  findKind(group: string, kind: string): ResourceType | undefined;
  all(): readonly ResourceType[];
}

export function createRegistry(types: readonly ResourceType[]): TypeRegistry {
  const byName = new Map<string, ResourceType>();
  const key = ({ group, plural }: Pick<ResourceType, 'group' | 'plural'>): string => `${plural}.${group}`;
  const registry: TypeRegistry = {
    add: (type) => void byName.set(key(type), type),
    remove: (type) => void byName.delete(key(type)),
    find: (group, plural) => byName.get(key({ group, plural })),
    findKind: (group, kind) => [...byName.values()].find((type) => type.group === group && type.kind === kind),
    all: () => [...byName.values()],
  };
  types.forEach(registry.add);
  return registry;
}
