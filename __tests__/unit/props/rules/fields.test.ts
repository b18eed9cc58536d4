import type { Draft } from '../../../../src/props/draft';
import { fieldsOfRelease } from '../../../../src/props/rules/fields';
import { ask } from './support';

describe('a cluster that was not asked', () => {
  test.each<[string, Draft, string[]]>([
    [
      'a state store',
      { serving: { states: { cart: {} } } },
      [
        'warning serving.states: With OpenFunction 1.0 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.1.',
      ],
    ],
    [
      'items of a list, beside a hole',
      { serving: { triggers: [undefined, { metricType: 'Value', useCachedMetrics: true }, { metricType: 'Value' }] } },
      [
        'warning serving.triggers[1].metricType: With OpenFunction 1.1 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.2.',
        'warning serving.triggers[2].metricType: With OpenFunction 1.1 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.2.',
        'warning serving.triggers[1].useCachedMetrics: With OpenFunction 1.1 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.2.',
      ],
    ],
    [
      'a field that the newest release lost',
      { serving: { triggers: [{ fallback: 1 }] } },
      [
        'warning serving.triggers[0].fallback: With OpenFunction 1.2, this field is not known and would be dropped; OpenFunction had it until 1.1.',
      ],
    ],
    [
      'a field deep in scaling',
      {
        serving: { scaleOptions: { keda: { scaledJob: { scalingStrategy: { multipleScalersCalculation: 'max' } } } } },
      },
      [
        'warning serving.scaleOptions.keda.scaledJob.scalingStrategy.multipleScalersCalculation: With OpenFunction 1.1 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.2.',
      ],
    ],
    [
      'the runtime of the workload',
      { workloadRuntime: 'WasmEdge' },
      [
        'warning workloadRuntime: With OpenFunction 0.8 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.0.',
      ],
    ],
    ['a route, which only 0.6 lacked', { route: {} }, []],
    ['a field that may be there, and is not', { workloadRuntime: undefined, serving: { states: undefined } }, []],
    ['fields that all have', { image: 'i', port: 1, build: { srcRepo: { url: 'u' } }, serving: { triggers: [] } }, []],
    ['nothing', {}, []],
  ])('%s', (_title, props, expected) => {
    expect(ask(fieldsOfRelease, props)).toEqual(expected);
  });
});

describe('a cluster that was asked', () => {
  const bundle: Draft = { build: { srcRepo: { bundleContainer: { image: 'i' } } } };

  test('an error where the release lacks the field', () => {
    expect(ask(fieldsOfRelease, bundle, { releases: ['0.8'] })).toEqual([
      'error build.srcRepo.bundleContainer: With OpenFunction 0.8, which this cluster runs, this field is not known and would be dropped; OpenFunction has it since 1.0.',
    ]);
    expect(ask(fieldsOfRelease, { route: {} }, { releases: ['0.6'] })).toEqual([
      'error route: With OpenFunction 0.6, which this cluster runs, this field is not known and would be dropped; OpenFunction has it since 0.7.',
    ]);
  });

  test('a warning where only some of the releases lack it', () => {
    expect(ask(fieldsOfRelease, bundle, { releases: ['0.7', '0.8', '1.0'] })).toEqual([
      'warning build.srcRepo.bundleContainer: With OpenFunction 0.8 and earlier, which this cluster may run, this field is not known and would be dropped; OpenFunction has it since 1.0.',
    ]);
  });

  test('nothing where the release has it', () => {
    expect(ask(fieldsOfRelease, bundle, { releases: ['1.0'] })).toEqual([]);
    expect(ask(fieldsOfRelease, bundle, { releases: ['1.0', '1.1', '1.2'] })).toEqual([]);
  });
});

test('names that a user chose are not taken for fields', () => {
  const props: Draft = {
    labels: { route: 'x' },
    serving: { params: { states: '1', route: 1 }, bindings: { states: {} }, pubsub: { fallback: {} } },
  };
  expect(ask(fieldsOfRelease, props, { releases: ['0.6'] })).toEqual([]);
});
