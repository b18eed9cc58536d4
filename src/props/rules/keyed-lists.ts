import { formatPath, type Path } from '../../path';
import { isRecord } from '../../record';
import { errorAt, type Problem } from '../problem';
import type { Rule } from './rule';

/** A list whose items are told apart by some of their keys, which may have a default. */
interface KeyedList {
  /** Its place without indexes. */
  place: RegExp;
  keys: Readonly<Record<string, string | undefined>>;
}

/** Source: `x-kubernetes-list-map-keys` in the CRDs of OpenFunction 1.0.0 and 1.2.0. */
const keyedLists: readonly KeyedList[] = [
  {
    place: /^serving\.template\.(containers|initContainers)\.ports$/,
    keys: { containerPort: undefined, protocol: 'TCP' },
  },
  { place: /^serving\.template\.(containers|initContainers)\.resources\.claims$/, keys: { name: undefined } },
  { place: /^serving\.template\.(schedulingGates|resourceClaims)$/, keys: { name: undefined } },
  {
    place: /^serving\.template\.topologySpreadConstraints$/,
    keys: { topologyKey: undefined, whenUnsatisfiable: undefined },
  },
  { place: /^route\.rules\.matches\.(headers|queryParams)$/, keys: { name: undefined } },
  { place: /^route\.rules\.(backendRefs\.)?filters\.requestHeaderModifier\.(add|set)$/, keys: { name: undefined } },
];

/** No two items of such a list have the same keys: the API server refuses them. */
export const keyedItems: Rule = ({ route, serving }) => [
  ...find(route, ['route']),
  ...find(serving?.template, ['serving', 'template']),
];

function find(value: unknown, path: Path): Problem[] {
  if (Array.isArray(value)) {
    const place = formatPath(path.filter((key) => typeof key === 'string'));
    const list = keyedLists.find((candidate) => candidate.place.test(place));
    return [
      ...(list === undefined ? [] : repeated(value, list, path)),
      ...value.flatMap((item: unknown, index) => find(item, [...path, index])),
    ];
  }
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => find(item, [...path, key])) : [];
}

function repeated(items: readonly unknown[], { keys }: KeyedList, path: Path): Problem[] {
  const identities = items.map((item) => isRecord(item) && JSON.stringify(identityOf(item, keys)));
  return identities.flatMap((identity, index) => {
    const first = identities.indexOf(identity);
    if (identity === false || first === index) return [];
    const what = Object.keys(keys).join(' and ');
    return [
      errorAt(
        [...path, index],
        `has the same ${what} as item ${first} of the list, and Kubernetes refuses it. Remove one of them.`,
      ),
    ];
  });
}

function identityOf(item: Readonly<Record<string, unknown>>, keys: KeyedList['keys']): unknown[] {
  return Object.entries(keys).map(([key, standard]) => item[key] ?? standard);
}
