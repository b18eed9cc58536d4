import type { JsonRecord } from '../../../src/record';
import type { Column, ResourceType } from '../resources';
import { newerEvent, newEvent } from './prepare';
import { eventRules } from './rules';

/** Fields of an Event that have another name in `events.k8s.io` than in the core group. */
const names: readonly (readonly [core: string, newer: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];

const columns: Column[] = ['type', 'reason'].map((field) => ({
  name: field.charAt(0).toUpperCase() + field.slice(1),
  type: 'string',
  cell: (event) => event[field],
}));

/** Events are the same objects in two groups. */
export function eventView(
  builtIn: (outline: {
    group?: string;
    kind: string;
    plural: string;
    shortNames: string[];
    columns: Column[];
  }) => ResourceType,
): ResourceType[] {
  const outline = { kind: 'Event', plural: 'events', shortNames: ['ev'], columns };
  const storedAs = { group: '', plural: 'events' };
  return [
    {
      ...builtIn(outline),
      storedAs,
      prepare: newEvent,
      rules: eventRules,
      convert: (event, version) => renamed(event, 0, version),
    },
    {
      ...builtIn({ ...outline, group: 'events.k8s.io' }),
      storedAs,
      prepare: newerEvent,
      convert: (event, version) => renamed(event, 1, `events.k8s.io/${version}`),
    },
  ];
}

/** The event with the field names of the core group (0) or of the newer one (1). */
function renamed(event: JsonRecord, side: 0 | 1, apiVersion: string): JsonRecord {
  const rename = new Map(names.map((pair) => [pair[1 - side] ?? '', pair[side]]));
  const fields = Object.entries(event).map(([key, value]) => [rename.get(key) ?? key, value] as const);
  return { ...Object.fromEntries(fields), apiVersion };
}
