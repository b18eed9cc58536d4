import type { Draft } from '../../../../src/props/draft';
import {
  addressOfAsync,
  asyncInputs,
  buildOnly,
  buildOrServing,
  syncInputs,
} from '../../../../src/props/rules/serving';
import type { Release } from '../../../../src/releases';
import { ask, examples } from './support';

const inputs = [{ name: 'i', component: 'c' }];

describe('build and serving', () => {
  test.each<[string, Draft]>([
    ['neither', {}],
    ['a build on this machine alone', { pack: { builder: 'b' } }],
  ])('%s: there is nothing to do', (_title, props) => {
    expect(ask(buildOrServing, props)).toEqual([
      'error serving: is required, unless build is given: the function would neither be built nor run.',
    ]);
    expect(examples(buildOrServing, props)).toEqual([
      { serving: { template: { containers: [{ name: 'function' }] } } },
    ]);
  });

  test.each<[string, Draft]>([
    ['build', { build: {} }],
    ['serving', { serving: {} }],
    ['both', { build: {}, serving: {} }],
  ])('%s is enough', (_title, props) => {
    expect(ask(buildOrServing, props)).toEqual([]);
  });
});

describe('a function that is only built', () => {
  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning serving: With OpenFunction 1.1, the cluster refuses a function without it: OpenFunction crashes over it. Add serving.',
      ],
    ],
    [
      ['1.1'],
      [
        'error serving: With OpenFunction 1.1, which this cluster runs, the cluster refuses a function without it: OpenFunction crashes over it. Add serving.',
      ],
    ],
    [
      ['1.1', '1.2'],
      [
        'warning serving: With OpenFunction 1.1, which this cluster may run, the cluster refuses a function without it: OpenFunction crashes over it. Add serving.',
      ],
    ],
    [['1.0'], []],
    [['1.2'], []],
  ])('on the releases %j', (releases, expected) => {
    expect(ask(buildOnly, { build: {} }, { releases })).toEqual(expected);
  });

  test.each<[string, Draft]>([
    ['served, too', { build: {}, serving: {} }],
    ['only served', { serving: {} }],
    ['neither', {}],
  ])('is none when it is %s', (_title, props) => {
    expect(ask(buildOnly, props, { releases: ['1.1'] })).toEqual([]);
  });
});

describe('an async function without inputs', () => {
  const props: Draft = { serving: { runtime: 'async' } };

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning serving.inputs: With OpenFunction 1.1 and later, an async function without inputs becomes an HTTP function. Add an input, or write runtime: knative.',
      ],
    ],
    [
      ['1.2'],
      [
        'error serving.inputs: With OpenFunction 1.2, which this cluster runs, an async function without inputs becomes an HTTP function. Add an input, or write runtime: knative.',
      ],
    ],
    [
      ['1.0', '1.1'],
      [
        'warning serving.inputs: With OpenFunction 1.1, which this cluster may run, an async function without inputs becomes an HTTP function. Add an input, or write runtime: knative.',
      ],
    ],
    [['1.0'], []],
  ])('on the releases %j', (releases, expected) => {
    expect(ask(asyncInputs, props, { releases })).toEqual(expected);
    expect(ask(asyncInputs, { serving: { ...props.serving, inputs: [] } }, { releases })).toEqual(expected);
  });

  test.each<[string, Draft]>([
    ['has inputs', { serving: { runtime: 'async', inputs } }],
    ['has inputs that are not known yet', { serving: { runtime: 'async', inputs: [undefined] } }],
    ['has runtime: knative', { serving: { runtime: 'knative' } }],
    ['has no runtime', { serving: {} }],
    ['is not served', {}],
  ])('is none when it %s', (_title, given) => {
    expect(ask(asyncInputs, given, { releases: ['1.2'] })).toEqual([]);
  });
});

describe('a sync function with inputs', () => {
  test.each([undefined, 'knative'] as const)('gets no events with runtime %s', (runtime) => {
    const props: Draft = { serving: { runtime, inputs } };
    expect(ask(syncInputs, props)).toEqual([
      'error serving.inputs: are dropped with runtime: knative, and no event would call the function. Write runtime: async.',
    ]);
    expect(examples(syncInputs, props)).toEqual([{ serving: { runtime: 'async' } }]);
  });

  test.each<[string, Draft]>([
    ['runtime: async', { serving: { runtime: 'async', inputs } }],
    ['no inputs', { serving: {} }],
    ['empty inputs', { serving: { inputs: [] } }],
    ['outputs alone', { serving: { outputs: [{ name: 'o' }] } }],
    ['no serving', {}],
  ])('is none with %s', (_title, props) => {
    expect(ask(syncInputs, props)).toEqual([]);
  });
});

describe('the address of an async function', () => {
  const noRoute = 'warning route: has no effect with runtime: async: such a function has no address.';

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning port: With OpenFunction 1.1 and later, 9000 has no effect with runtime: async: such a function is called at 8080. Let it listen there.',
        noRoute,
      ],
    ],
    [
      ['1.2'],
      [
        'warning port: With OpenFunction 1.2, which this cluster runs, 9000 has no effect with runtime: async: such a function is called at 8080. Let it listen there.',
        noRoute,
      ],
    ],
    [
      ['1.0', '1.1'],
      [
        'warning port: With OpenFunction 1.1, which this cluster may run, 9000 has no effect with runtime: async: such a function is called at 8080. Let it listen there.',
        noRoute,
      ],
    ],
    [['0.8', '1.0'], [noRoute]],
  ])('there is none on the releases %j, and that is never worse than a warning', (releases, expected) => {
    expect(ask(addressOfAsync, { port: 9000, route: {}, serving: { runtime: 'async' } }, { releases })).toEqual(
      expected,
    );
  });

  test.each<[string, Draft]>([
    ['the port that is used anyway', { port: 8080, serving: { runtime: 'async' } }],
    ['no port and no route', { serving: { runtime: 'async' } }],
    ['runtime: knative', { port: 9000, route: {}, serving: { runtime: 'knative' } }],
    ['no runtime', { port: 9000, route: {}, serving: {} }],
    ['no serving', { port: 9000, route: {} }],
  ])('nothing is said of %s', (_title, props) => {
    expect(ask(addressOfAsync, props, { releases: ['1.2'] })).toEqual([]);
  });
});
