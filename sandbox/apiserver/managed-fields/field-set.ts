import { isRecord, type JsonRecord } from '../../../src/record';
import type { PathElement } from './path-element';

/** A set of paths. Never changed once made. */
export interface FieldSet {
  /** Elements that are themselves in the set. */
  readonly members: ReadonlySet<PathElement>;
  /** Elements under which there are more. */
  readonly children: ReadonlyMap<PathElement, FieldSet>;
}

export const emptySet: FieldSet = { members: new Set(), children: new Map() };

export function isEmpty(set: FieldSet): boolean {
  return set.members.size === 0 && set.children.size === 0;
}

export function hasMember(set: FieldSet, element: PathElement): boolean {
  return set.members.has(element);
}

export function childOf(set: FieldSet, element: PathElement): FieldSet {
  return set.children.get(element) ?? emptySet;
}

/** A set of the given members and children; empty children are left out. */
export function fieldSet(
  members: Iterable<PathElement>,
  children: Iterable<readonly [PathElement, FieldSet]> = [],
): FieldSet {
  return { members: new Set(members), children: new Map([...children].filter(([, child]) => !isEmpty(child))) };
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const elements = new Set([...a.children.keys(), ...b.children.keys()]);
  return fieldSet(
    [...a.members, ...b.members],
    [...elements].map((element) => [element, union(childOf(a, element), childOf(b, element))]),
  );
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return fieldSet(
    [...a.members].filter((element) => b.members.has(element)),
    [...a.children].map(([element, child]) => [element, intersection(child, childOf(b, element))]),
  );
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return fieldSet(
    [...a.members].filter((element) => !b.members.has(element)),
    [...a.children].map(([element, child]) => [element, difference(child, childOf(b, element))]),
  );
}

/** A set of these paths. */
export function setOfPaths(paths: Iterable<readonly PathElement[]>): FieldSet {
  let set = emptySet;
  for (const path of paths) set = union(set, setOfPath(path));
  return set;
}

function setOfPath([first, ...rest]: readonly PathElement[]): FieldSet {
  if (first === undefined) return emptySet;
  return rest.length === 0 ? fieldSet([first]) : fieldSet([], [[first, setOfPath(rest)]]);
}

/** All paths: first the members, then what is below, each in order. */
export function pathsOf(set: FieldSet): PathElement[][] {
  return [
    ...[...set.members].sort().map((element) => [element]),
    ...[...set.children.keys()]
      .sort()
      .flatMap((element) => pathsOf(childOf(set, element)).map((path) => [element, ...path])),
  ];
}

/** The notation of `managedFields`: an element with an empty object is a member; with more below it, `.` says so. */
export function toFieldsV1(set: FieldSet): JsonRecord {
  const elements = [...new Set([...set.members, ...set.children.keys()])].sort();
  return Object.fromEntries(
    elements.map((element) => {
      const child = set.children.get(element);
      if (!child) return [element, {}];
      return [element, { ...(set.members.has(element) && { '.': {} }), ...toFieldsV1(child) }];
    }),
  );
}

export function fromFieldsV1(fields: JsonRecord): FieldSet {
  const entries = Object.entries(fields).filter(([element]) => element !== '.');
  const isMember = (below: unknown): boolean => !isRecord(below) || '.' in below || Object.keys(below).length === 0;
  return fieldSet(
    entries.filter(([, below]) => isMember(below)).map(([element]) => element),
    entries.map(([element, below]) => [element, isRecord(below) ? fromFieldsV1(below) : emptySet]),
  );
}
