import { groupVersion } from '../../api-version';
import type { Path } from '../../path';
import { isRecord } from '../../record';
import { nameReleases, between, type Release } from '../../releases';
import type { Draft } from '../draft';
import type { Problem, Severity } from '../problem';

/** What the props are checked against. */
export interface RuleTarget {
  /** Name of the function: of the props, else of the resource. */
  name: string;
  /** Undefined where only the cluster knows it. */
  namespace: string | undefined;
  /** The releases of OpenFunction that the cluster may run; undefined when it was not asked. */
  releases: readonly Release[] | undefined;
}

/** One thing that must hold of props; its doc comment says where that is written. */
export type Rule = (props: Draft, target: RuleTarget) => readonly Problem[];

/** What is assumed of a cluster that was not asked: OpenFunction 0.6 had no webhook yet and is long gone. */
const assumed = between('0.7', '1.2');

/**
 * A problem that only some releases have: an error when the cluster runs one of these, a warning when it may, else nothing.
 * @param certainly what it is when the cluster runs one of these
 * @param tell gets what the message begins with, for instance `With OpenFunction 1.1 and later, `
 */
export function onReleases(
  range: readonly Release[],
  { releases }: RuleTarget,
  tell: (start: string) => Omit<Problem, 'severity'>,
  certainly: Severity = 'error',
): Problem[] {
  const possible = releases ?? assumed;
  const concerned = possible.filter((release) => range.includes(release));
  if (concerned.length === 0) return [];
  const isCertain = concerned.length === possible.length;
  const where = releases === undefined ? '' : `, which this cluster ${isCertain ? 'runs' : 'may run'}`;
  const start = `With ${nameReleases(releases ? concerned : range)}${where}, `;
  return [{ severity: isCertain ? certainly : 'warning', ...tell(start) }];
}

/**
 * The releases that convert the function from v1beta1 to v1beta2: none unless the props insist on v1beta1, since by itself ofn
 * applies v1beta2 where something would be lost.
 */
export function converting({ apiVersion }: Draft): readonly Release[] {
  return apiVersion === groupVersion('v1beta1') ? between('1.1', '1.2') : [];
}

/** What helps against what is lost then. */
export const elseV1beta2 = 'Leave apiVersion out: it is then applied as v1beta2.';

/** The items of a list that are there, with their index. */
export function itemsOf<Item>(list: readonly (Item | undefined)[] | undefined): [number, Item][] {
  return (list ?? []).flatMap((item, index) => (item === undefined ? [] : [[index, item] as [number, Item]]));
}

/** The entries of a map that have a value. */
export function entriesOf<Value>(map: Readonly<Record<string, Value | undefined>> | undefined): [string, Value][] {
  return Object.entries(map ?? {}).filter((entry): entry is [string, Value] => entry[1] !== undefined);
}

/** Where a field is that has a value: in each item of a list on the way. */
export function placesAt(value: unknown, keys: readonly string[], path: Path = []): Path[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === undefined ? [] : [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesAt(item, keys, [...path, index]));
  return isRecord(value) ? placesAt(value[key], rest, [...path, key]) : [];
}
