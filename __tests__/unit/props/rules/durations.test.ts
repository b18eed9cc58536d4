import type { Draft } from '../../../../src/props/draft';
import { durations } from '../../../../src/props/rules/durations';
import { ask } from './support';

const everywhere = (text: string | undefined): Draft => ({
  build: { timeout: text, builderMaxAge: text, shipwright: { timeout: text } },
  serving: {
    timeout: text,
    bindings: { b: { initTimeout: text } },
    pubsub: { p: { initTimeout: text } },
    states: { 'my.store': { initTimeout: text } },
  },
});

const places = [
  'build.timeout',
  'build.builderMaxAge',
  'build.shipwright.timeout',
  'serving.timeout',
  'serving.bindings.b.initTimeout',
  'serving.pubsub.p.initTimeout',
  'serving.states["my.store"].initTimeout',
];

test.each(['0', '0s', '90s', '10m', '1h30m', '.5s', '1.5h', '+5s', '300ms', '1us', '1\u00b5s', '1\u03bcs', '1ns'])(
  '%s is a duration',
  (text) => {
    expect(ask(durations, everywhere(text))).toEqual([]);
  },
);

test.each(['5 minutes', '5', '1d', '1h 30m', '1,5h', '5M', 'h', '1h-5m', ' 5s'])('"%s" is none', (text) => {
  expect(ask(durations, everywhere(text))).toEqual(
    places.map(
      (place) => `error ${place}: "${text}" is no duration. Write numbers with units, for instance 90s, 10m or 1h30m.`,
    ),
  );
});

test('what is empty is none', () => {
  expect(ask(durations, everywhere(''))).toEqual(
    places.map((place) => `error ${place}: is empty, which is no duration. Leave it out.`),
  );
});

test.each(['-1s', '-1h30m', '-.5s'])('%s is negative', (text) => {
  expect(ask(durations, everywhere(text))).toEqual(
    places.map((place) => `error ${place}: "${text}" is not allowed; it cannot be less than 0.`),
  );
});

test.each<[string, Draft]>([
  ['props', {}],
  ['sections', { build: {}, serving: {} }],
  ['durations', everywhere(undefined)],
  ['components', { serving: { bindings: {}, pubsub: { p: undefined }, states: { s: {} } } }],
])('without %s nothing is said', (_title, props) => {
  expect(ask(durations, props)).toEqual([]);
});

test('one that is wrong does not hide another', () => {
  expect(ask(durations, { build: { timeout: 'soon' }, serving: { timeout: '-1s' } })).toEqual([
    'error build.timeout: "soon" is no duration. Write numbers with units, for instance 90s, 10m or 1h30m.',
    'error serving.timeout: "-1s" is not allowed; it cannot be less than 0.',
  ]);
});
