import type { Draft } from '../../../../src/props/draft';
import {
  customScaling,
  mergedReplicas,
  oneScaler,
  replicaCounts,
  replicas,
  scaledJobs,
  scalerOfRuntime,
  triggersScaleSomething,
} from '../../../../src/props/rules/scaling';
import type { Release } from '../../../../src/releases';
import { ask, examples, places } from './support';

/** Of its own accord ofn applies v1beta2 where something would be lost. */
const forced: Draft = { apiVersion: 'core.openfunction.io/v1beta1' };

type Serving = NonNullable<Draft['serving']>;
type ScaleOptions = NonNullable<Serving['scaleOptions']>;
type Keda = NonNullable<ScaleOptions['keda']>;
type Strategy = NonNullable<NonNullable<Keda['scaledJob']>['scalingStrategy']>;

const scaled = (scaleOptions: ScaleOptions): Draft => ({ serving: { scaleOptions } });
const withKeda = (keda: Keda): Draft => scaled({ keda });

test.each([
  replicas,
  replicaCounts,
  mergedReplicas,
  oneScaler,
  scaledJobs,
  customScaling,
  triggersScaleSomething,
  scalerOfRuntime,
])('nothing is wrong with nothing (%#)', (rule) => {
  for (const props of [{}, { serving: {} }, scaled({}), { serving: { triggers: [] } }]) {
    expect(ask(rule, props, { releases: ['1.2'] })).toEqual([]);
  }
});

describe('the numbers of replicas', () => {
  test.each<[number | undefined, number | undefined, string[]]>([
    [5, 3, ['error serving.scaleOptions.minReplicas: 5 is more than maxReplicas, 3.']],
    [1, 0, ['error serving.scaleOptions.minReplicas: 1 is more than maxReplicas, 0.']],
    [
      11,
      undefined,
      [
        'error serving.scaleOptions.minReplicas: 11 is more than 10, which is assumed for maxReplicas. Write maxReplicas, too.',
      ],
    ],
    [3, 3, []],
    [0, 0, []],
    [10, undefined, []],
    [undefined, 0, []],
    [undefined, undefined, []],
  ])('from %s to %s', (minReplicas, maxReplicas, expected) => {
    expect(ask(replicas, scaled({ minReplicas, maxReplicas }))).toEqual(expected);
  });

  test.each<[number | undefined, number | undefined, string[]]>([
    [5, 3, ['error serving.scaleOptions.keda.scaledObject.minReplicaCount: 5 is more than maxReplicaCount, 3.']],
    [
      101,
      undefined,
      [
        'error serving.scaleOptions.keda.scaledObject.minReplicaCount: 101 is more than 100, which is assumed for maxReplicaCount. Write maxReplicaCount, too.',
      ],
    ],
    [3, 3, []],
    [100, undefined, []],
    [undefined, 0, []],
    [undefined, undefined, []],
  ])('of KEDA, from %s to %s', (minReplicaCount, maxReplicaCount, expected) => {
    expect(ask(replicaCounts, withKeda({ scaledObject: { minReplicaCount, maxReplicaCount } }))).toEqual(expected);
  });
});

describe('replicas of the function and of KEDA, merged', () => {
  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        "warning serving.scaleOptions.minReplicas: With OpenFunction 1.1 and later, KEDA's bounds are those of the function, and 8 is then more than the most replicas, 5. Write both bounds in the same place.",
      ],
    ],
    [
      ['1.1', '1.2'],
      [
        "error serving.scaleOptions.minReplicas: With OpenFunction 1.1 and later, which this cluster runs, KEDA's bounds are those of the function, and 8 is then more than the most replicas, 5. Write both bounds in the same place.",
      ],
    ],
    [
      ['1.0', '1.1'],
      [
        "warning serving.scaleOptions.minReplicas: With OpenFunction 1.1, which this cluster may run, KEDA's bounds are those of the function, and 8 is then more than the most replicas, 5. Write both bounds in the same place.",
      ],
    ],
    [['1.0'], []],
  ])('are refused by some releases: %j', (releases, expected) => {
    const props = scaled({ minReplicas: 8, keda: { scaledObject: { maxReplicaCount: 5 } } });
    expect(ask(mergedReplicas, props, { releases })).toEqual(expected);
  });

  test.each<[string, ScaleOptions, string]>([
    [
      "KEDA's least above the function's most",
      { maxReplicas: 3, keda: { scaledObject: { minReplicaCount: 4 } } },
      "error serving.scaleOptions.keda.scaledObject.minReplicaCount: With OpenFunction 1.2, which this cluster runs, KEDA's bounds are those of the function, and 4 is then more than the most replicas, 3. Write both bounds in the same place.",
    ],
    [
      'the least above the most Jobs',
      { minReplicas: 8, keda: { scaledJob: { maxReplicaCount: 5 } } },
      "error serving.scaleOptions.minReplicas: With OpenFunction 1.2, which this cluster runs, KEDA's bounds are those of the function, and 8 is then more than the most replicas, 5. Write both bounds in the same place.",
    ],
  ])('%s', (_title, scaleOptions, expected) => {
    expect(ask(mergedReplicas, scaled(scaleOptions), { releases: ['1.2'] })).toEqual([expected]);
  });

  test("KEDA's least is above what is then assumed", () => {
    const props = withKeda({ scaledObject: { minReplicaCount: 11 } });
    expect(places(mergedReplicas, props, { releases: ['1.2'] })).toEqual([
      'error serving.scaleOptions.keda.scaledObject.minReplicaCount',
    ]);
  });

  test.each<[string, ScaleOptions]>([
    ['equal bounds', { minReplicas: 5, keda: { scaledObject: { maxReplicaCount: 5 } } }],
    [
      "KEDA's bounds, which win",
      { minReplicas: 1, maxReplicas: 2, keda: { scaledObject: { minReplicaCount: 3, maxReplicaCount: 4 } } },
    ],
    ['what is then assumed', { keda: { scaledObject: { minReplicaCount: 10 } } }],
    ['a contradiction that is told already', { minReplicas: 5, maxReplicas: 3 }],
    [
      'a contradiction of KEDA that is told already',
      { keda: { scaledObject: { minReplicaCount: 5, maxReplicaCount: 3 } } },
    ],
  ])('nothing is said of %s', (_title, scaleOptions) => {
    expect(ask(mergedReplicas, scaled(scaleOptions), { releases: ['1.2'] })).toEqual([]);
  });
});

describe('scalers', () => {
  test('there is one at most', () => {
    expect(ask(oneScaler, withKeda({ scaledJob: {}, scaledObject: {} }))).toEqual([
      'error serving.scaleOptions.keda.scaledJob: cannot be combined with scaledObject. Remove one of them.',
    ]);
    for (const keda of [{}, { scaledJob: {} }, { scaledObject: {} }]) {
      expect(ask(oneScaler, withKeda(keda))).toEqual([]);
    }
  });

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning serving.scaleOptions.keda.scaledJob: With OpenFunction 1.1 and later, the cluster refuses it: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.2'],
      [
        'error serving.scaleOptions.keda.scaledJob: With OpenFunction 1.2, which this cluster runs, the cluster refuses it: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.0', '1.1'],
      [
        'warning serving.scaleOptions.keda.scaledJob: With OpenFunction 1.1, which this cluster may run, the cluster refuses it: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [['0.7', '0.8', '1.0'], []],
  ])('a scaledJob on the releases %j', (releases, expected) => {
    expect(ask(scaledJobs, { ...forced, ...withKeda({ scaledJob: {} }) }, { releases })).toEqual(expected);
  });

  test('a scaledObject, alone or too much, is no matter of scaledJobs', () => {
    for (const keda of [{}, { scaledObject: {} }, { scaledJob: {}, scaledObject: {} }]) {
      expect(ask(scaledJobs, { ...forced, ...withKeda(keda) }, { releases: ['1.2'] })).toEqual([]);
    }
  });

  test.each<[string, Serving, string[]]>([
    [
      'KEDA on Knative',
      { scaleOptions: { keda: {} }, triggers: [{ type: 'cron' }] },
      [
        'warning serving.scaleOptions.keda: has no effect with runtime: knative. Use scaleOptions.knative.',
        'warning serving.triggers: have no effect with runtime: knative; they scale async functions.',
      ],
    ],
    [
      'Knative with runtime: async',
      { runtime: 'async', scaleOptions: { knative: { 'autoscaling.knative.dev/metric': 'rps' } } },
      ['warning serving.scaleOptions.knative: has no effect with runtime: async. Use scaleOptions.keda.'],
    ],
    ['Knative on Knative', { runtime: 'knative', scaleOptions: { knative: {} } }, []],
    ['KEDA with runtime: async', { runtime: 'async', scaleOptions: { keda: {} }, triggers: [{ type: 'cron' }] }, []],
    ['replicas of any runtime', { scaleOptions: { minReplicas: 1 } }, []],
  ])('%s', (_title, serving, expected) => {
    expect(ask(scalerOfRuntime, { serving })).toEqual(expected);
    if (serving.runtime === undefined) {
      expect(ask(scalerOfRuntime, { serving: { ...serving, runtime: 'knative' } })).toEqual(expected);
    }
  });
});

describe('custom scaling', () => {
  const ofStrategy = (scalingStrategy: Strategy): string[] =>
    ask(customScaling, withKeda({ scaledJob: { scalingStrategy } }));
  const place = 'serving.scaleOptions.keda.scaledJob.scalingStrategy';

  test('needs its numbers', () => {
    expect(ofStrategy({ strategy: 'custom' })).toEqual([
      `error ${place}.customScalingQueueLengthDeduction: is required with strategy: custom.`,
      `error ${place}.customScalingRunningJobPercentage: is required with strategy: custom.`,
    ]);
    expect(ofStrategy({ strategy: 'custom', customScalingQueueLengthDeduction: 0 })).toEqual([
      `error ${place}.customScalingRunningJobPercentage: is required with strategy: custom.`,
    ]);
  });

  test.each(['50', '50 percent', '%', '-5%', '5% ', ''])(
    '"%s" is no percentage, whatever the strategy',
    (percentage) => {
      for (const strategy of [undefined, 'default', 'accurate'] as const) {
        expect(ofStrategy({ strategy, customScalingRunningJobPercentage: percentage })).toEqual([
          `error ${place}.customScalingRunningJobPercentage: "${percentage}" is no percentage. Example: customScalingRunningJobPercentage: 50%`,
        ]);
      }
    },
  );

  test.each(['50%', '0%', '0.5%', '50 %', '100  %'])('%s is a percentage', (percentage) => {
    expect(
      ofStrategy({
        strategy: 'custom',
        customScalingQueueLengthDeduction: 0,
        customScalingRunningJobPercentage: percentage,
      }),
    ).toEqual([]);
  });

  test.each([undefined, 'default', 'accurate'] as const)('the strategy %s needs nothing', (strategy) => {
    expect(ofStrategy({ strategy })).toEqual([]);
    expect(ask(customScaling, withKeda({ scaledJob: {} }))).toEqual([]);
  });
});

describe('triggers and what they scale', () => {
  const triggers = [{ type: 'cron' }];
  const alone: Draft = { serving: { runtime: 'async', triggers } };

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning serving.triggers: With OpenFunction 1.1 and later, triggers are dropped without scaleOptions.keda, and nothing is scaled.',
      ],
    ],
    [
      ['1.2'],
      [
        'error serving.triggers: With OpenFunction 1.2, which this cluster runs, triggers are dropped without scaleOptions.keda, and nothing is scaled.',
      ],
    ],
    [
      ['1.0', '1.1', '1.2'],
      [
        'warning serving.triggers: With OpenFunction 1.1 and later, which this cluster may run, triggers are dropped without scaleOptions.keda, and nothing is scaled.',
      ],
    ],
    [['1.0'], []],
  ])('triggers alone on the releases %j', (releases, expected) => {
    expect(ask(triggersScaleSomething, { ...forced, ...alone }, { releases })).toEqual(expected);
  });

  test('what to scale is proposed', () => {
    expect(examples(triggersScaleSomething, { ...forced, ...alone })).toEqual([
      { serving: { scaleOptions: { keda: { scaledObject: {} } } } },
    ]);
  });

  test.each([undefined, []])('a scaledObject scales nothing with the triggers %j', (none) => {
    const props: Draft = {
      serving: { runtime: 'async', triggers: none, scaleOptions: { keda: { scaledObject: {} } } },
    };
    expect(ask(triggersScaleSomething, props)).toEqual([
      'warning serving.scaleOptions.keda.scaledObject: scales nothing without triggers: KEDA has to know by what to scale. Add triggers.',
    ]);
  });

  test.each([undefined, 'knative'] as const)('it is no matter of the runtime %s', (runtime) => {
    for (const serving of [{ triggers }, { scaleOptions: { keda: { scaledObject: {} } } }]) {
      expect(ask(triggersScaleSomething, { serving: { runtime, ...serving } }, { releases: ['1.2'] })).toEqual([]);
    }
  });

  test.each<[string, Serving]>([
    ['a scaledObject', { triggers, scaleOptions: { keda: { scaledObject: {} } } }],
    ['a scaledJob', { triggers, scaleOptions: { keda: { scaledJob: {} } } }],
    ['triggers that are not known yet', { triggers: [undefined], scaleOptions: { keda: { scaledObject: {} } } }],
  ])('nothing is said of triggers with %s', (_title, serving) => {
    expect(ask(triggersScaleSomething, { serving: { runtime: 'async', ...serving } }, { releases: ['1.2'] })).toEqual(
      [],
    );
  });
});
