import type { Path } from '../../path';
import { isRecord, valueAt } from '../../record';
import { errorAt, type Problem } from '../problem';
import { placesAt, type Rule } from './rule';

/** A list whose items are told apart by some of their keys, which may have a default. */
interface KeyedList {
  /** The keys that lead to it, without indexes. */
  place: readonly string[];
  keys: Readonly<Record<string, string | undefined>>;
}

const pod = ['serving', 'template'];
const rules = ['route', 'rules'];

/** Source: `x-kubernetes-list-map-keys` in the CRDs of OpenFunction 1.0.0 and 1.2.0. */
const keyedLists: readonly KeyedList[] = [
  ...[
    [...pod, 'containers'],
    [...pod, 'initContainers'],
  ].flatMap((containers) => [
    { place: [...containers, 'ports'], keys: { containerPort: undefined, protocol: 'TCP' } },
    { place: [...containers, 'resources', 'claims'], keys: { name: undefined } },
  ]),
  { place: [...pod, 'schedulingGates'], keys: { name: undefined } },
  { place: [...pod, 'resourceClaims'], keys: { name: undefined } },
  { place: [...pod, 'topologySpreadConstraints'], keys: { topologyKey: undefined, whenUnsatisfiable: undefined } },
  { place: [...rules, 'matches', 'headers'], keys: { name: undefined } },
  { place: [...rules, 'matches', 'queryParams'], keys: { name: undefined } },
  ...[
    [...rules, 'filters'],
    [...rules, 'backendRefs', 'filters'],
  ].flatMap((filters) => [
    { place: [...filters, 'requestHeaderModifier', 'add'], keys: { name: undefined } },
    { place: [...filters, 'requestHeaderModifier', 'set'], keys: { name: undefined } },
  ]),
];

/** No two items of such a list have the same keys: the API server refuses them. */
export const keyedItems: Rule = (props) =>
  keyedLists.flatMap(({ place, keys }) =>
    placesAt(props, place).flatMap((path) => repeated(valueAt(props, path), keys, path)),
  );

function repeated(items: unknown, keys: KeyedList['keys'], path: Path): Problem[] {
  if (!Array.isArray(items)) return [];
  const identities = items.map((item: unknown) => isRecord(item) && JSON.stringify(identityOf(item, keys)));
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
