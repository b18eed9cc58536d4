import { valueAt } from '../../../src/record';
import type { KubeObject } from '../../../sandbox/apiserver/objects';
import { scenarios, type ScenarioName } from '../../../sandbox/scenarios';
import { clusterScenarios } from '../../../sandbox/scenarios/cluster';
import { connectionScenarios } from '../../../sandbox/scenarios/connection';
import { fateOf, type Scenario } from '../../../sandbox/scenarios/scenario';
import { containerStatus, functionPath, simulate, specs, withServing, type Simulation } from './support/cluster';
import { ask, send, type Received } from './support/wire';

const path = functionPath();

function start(name: ScenarioName): Promise<Simulation> {
  const scenario: Scenario = scenarios[name];
  return simulate({ scenario });
}

test('normal: a function is built and runs', async () => {
  const simulation = await start('normal');
  await simulation.apply(specs.built);
  simulation.pass();
  expect(simulation.states.at(-1)).toBe('Succeeded, Running');
});

describe('between clients and the API server', () => {
  /** Applies the function `f` over the wire: the status of the answer and how it ended, or the error of the connection. */
  async function apply({ sandbox }: Simulation): Promise<string> {
    const body = {
      apiVersion: 'core.openfunction.io/v1beta2',
      kind: 'Function',
      metadata: { name: 'f', annotations: { note: 'für 你好' } },
      spec: specs.http,
    };
    try {
      const options = { body, type: 'application/apply-patch+yaml' };
      const { status, end } = await ask(sandbox, 'PATCH', `${path}/f?fieldManager=test`, options);
      return `${status} ${end}`;
    } catch (error) {
      return String((error as NodeJS.ErrnoException).code);
    }
  }
  const statusOf = async ({ sandbox }: Simulation, method: string, where: string): Promise<number> =>
    (await ask(sandbox, method, where)).status;
  const watch = ({ sandbox }: Simulation): Promise<Received> => send(sandbox, 'GET', `${path}?watch=true`);
  const linesOf = (text: string): number => text.split('\n').filter(Boolean).length;

  /** Does `f` exist? */
  const exists = ({ all }: Simulation): boolean => all('functions.core.openfunction.io').length > 0;

  /** For each scenario what is done, and what comes of it. */
  const effects: Record<keyof typeof connectionScenarios, [(simulation: Simulation) => Promise<unknown>, unknown]> = {
    slow: [
      async (simulation) => {
        const begin = performance.now();
        await statusOf(simulation, 'GET', path);
        return performance.now() - begin >= 499;
      },
      true,
    ],
    'reset-before': [
      async (simulation) => [await apply(simulation), exists(simulation), await apply(simulation)],
      ['ECONNRESET', false, '201 complete'],
    ],
    'reset-after': [
      async (simulation) => [await apply(simulation), exists(simulation), await apply(simulation)],
      ['ECONNRESET', true, '200 complete'],
    ],
    'reset-midway': [
      async (simulation) => [await apply(simulation), exists(simulation), await apply(simulation)],
      ['201 broken', true, '200 complete'],
    ],
    'too-many-requests': [
      async (simulation) => {
        const first = await ask(simulation.sandbox, 'GET', path);
        return [first.status, first.headers['retry-after'], await apply(simulation), await apply(simulation)];
      },
      [429, '1', '429 complete', '201 complete'],
    ],
    'server-errors': [
      async (simulation) => {
        const answers = [await apply(simulation), await apply(simulation), await apply(simulation)];
        return answers;
      },
      ['500 complete', '503 complete', '201 complete'],
    ],
    'webhook-down': [
      async (simulation) => [await apply(simulation), await statusOf(simulation, 'GET', path)],
      ['500 complete', 200],
    ],
    gone: [
      async (simulation) => [
        await statusOf(simulation, 'GET', `${path}?watch=true&resourceVersion=1`),
        await statusOf(simulation, 'GET', path),
      ],
      [410, 200],
    ],
    'watch-gone': [
      async (simulation) => {
        await apply(simulation);
        const { end, text } = await watch(simulation);
        return [await end, text().startsWith('{"type":"ERROR"')];
      },
      ['complete', true],
    ],
    'watch-closes': [
      async (simulation) => {
        await apply(simulation);
        const watches: string[] = [];
        for (let round = 0; round < 5; round += 1) {
          const { end, text, until } = await watch(simulation);
          await until((received) => linesOf(received) === 1);
          await ask(simulation.sandbox, 'PATCH', `${path}/f`, {
            body: { metadata: { labels: { round: String(round) } } },
            type: 'application/merge-patch+json',
          });
          watches.push(`${await end} ${linesOf(text())}`);
        }
        return watches;
      },
      Array.from({ length: 5 }, () => 'complete 1'),
    ],
    'watch-breaks': [
      async (simulation) => {
        await apply(simulation);
        const { end, text, until } = await watch(simulation);
        await until((received) => linesOf(received) === 1);
        simulation.pass();
        return [await end, linesOf(text())];
      },
      ['broken', 1],
    ],
    'watch-silent': [
      async (simulation) => {
        const silent = await watch(simulation);
        const other = await watch(simulation);
        await apply(simulation);
        await other.until((received) => linesOf(received) === 1);
        return [silent.text(), await Promise.race([silent.end, Promise.resolve('open')])];
      },
      ['', 'open'],
    ],
    'split-utf8': [
      async (simulation) => {
        await apply(simulation);
        const { chunks, text, until } = await watch(simulation);
        await until((received) => linesOf(received) === 1 && received.endsWith('\n'));
        return [chunks.every(({ length }) => length === 1), text().includes('für 你好')];
      },
      [true, true],
    ],
    'partial-lines': [
      async (simulation) => {
        await apply(simulation);
        const { end, text, until } = await watch(simulation);
        await until((received) => linesOf(received) === 1);
        simulation.pass();
        const { name } = simulation.only('pods.').metadata;
        const log = await ask(simulation.sandbox, 'GET', `/api/v1/namespaces/default/pods/${name}/log?follow=true`);
        return [await end, text().endsWith('\n'), log.text];
      },
      ['complete', false, 'Function server starting\nListening on'],
    ],
    'expired-credentials': [
      async (simulation) => {
        const statuses: number[] = [];
        for (let request = 0; request < 5; request += 1) statuses.push(await statusOf(simulation, 'GET', path));
        return statuses;
      },
      [200, 200, 200, 401, 401],
    ],
    'forbidden-watch': [
      async (simulation) => [
        await apply(simulation),
        await statusOf(simulation, 'GET', `${path}/f`),
        await statusOf(simulation, 'GET', path),
        await statusOf(simulation, 'GET', `${path}?watch=true`),
      ],
      ['201 complete', 200, 403, 403],
    ],
    'forbidden-apply': [
      async (simulation) => [
        await apply(simulation),
        await statusOf(simulation, 'GET', path),
        await statusOf(simulation, 'DELETE', `${path}/f`),
      ],
      ['403 complete', 200, 403],
    ],
  };

  test.each(Object.entries(effects))('%s', async (name, [act, expected]) => {
    expect(await act(await start(name as ScenarioName))).toEqual(expected);
  });
});

describe('in the cluster', () => {
  const sidecar = { annotations: { 'openfunction.io/dapr-service-mode': 'sidecar' } };

  /** What keeps the container from running, or ended it last: `CrashLoopBackOff after Error`. */
  function troubleOf(pod: KubeObject, container: string): string {
    const status = containerStatus(pod, container) ?? {};
    const words = [
      valueAt(status, ['state', 'waiting', 'reason']),
      valueAt(status, ['lastState', 'terminated', 'reason']),
      status['ready'] === false ? 'not ready' : undefined,
    ];
    return words.filter((word) => typeof word === 'string').join(', ');
  }

  type Effect = (simulation: Simulation) => unknown;
  const states: Effect = ({ states: seen }) => seen.at(-1);
  const trouble: Effect = ({ all }) => all('pods.').map((pod) => troubleOf(pod, 'function'));
  const reason: Effect = ({ status }) => {
    const { state, reason: word, message = '' } = status('build') as Record<string, string | undefined>;
    return [state, word, / (reason: \w+)$/.exec(message)?.[1]];
  };
  const stepLog: Effect = ({ sandbox, only }) =>
    sandbox.logs.read(only('pods.').metadata.uid, 'step-create').run.lines.at(-1)?.text.slice(0, 40);

  const effects: Record<keyof typeof clusterScenarios, [object, Effect, unknown]> = {
    'held-by-finalizer': [specs.http, ({ fn }) => fn().metadata.finalizers, ['example.com/hold']],
    'no-controller': [specs.built, ({ fn }) => fn()['status'], undefined],
    crash: [specs.http, trouble, ['CrashLoopBackOff, Error, not ready']],
    'out-of-memory': [specs.http, trouble, ['CrashLoopBackOff, OOMKilled, not ready']],
    'wrong-architecture': [
      specs.http,
      ({ sandbox, only }) => sandbox.logs.read(only('pods.').metadata.uid, 'function').run.lines.at(-1)?.text,
      'exec /cnb/process/web: exec format error',
    ],
    'image-pull': [specs.http, trouble, ['ImagePullBackOff, not ready']],
    'image-name': [specs.http, trouble, ['InvalidImageName, not ready']],
    unschedulable: [specs.http, ({ only }) => valueAt(only('pods.'), ['spec', 'nodeName']), undefined],
    'secret-missing': [specs.http, trouble, ['CreateContainerConfigError, not ready']],
    'dapr-not-ready': [specs.async, ({ all }) => all('pods.').map((pod) => troubleOf(pod, 'daprd')), ['not ready']],
    'never-ready': [specs.http, states, 'Skipped, Starting'],
    'build-step-fails': [specs.built, stepLog, 'ERROR: failed to build: exit status 1'],
    'build-push-refused': [specs.built, stepLog, 'ERROR: failed to export: failed to write'],
    'build-times-out': [specs.built, reason, ['Timeout', 'BuildRunTimeout', undefined]],
    'build-cancelled': [specs.built, reason, ['Canceled', 'BuildRunCanceled', undefined]],
    'build-hangs': [specs.built, states, 'Building, -'],
    'build-push-secret-missing': [
      specs.built,
      reason,
      ['Failed', 'BuildRegistrationFailed', 'reason: SpecOutputSecretRefNotFound'],
    ],
    'build-source-secret-missing': [
      specs.built,
      reason,
      ['Failed', 'BuildRegistrationFailed', 'reason: SpecSourceSecretRefNotFound'],
    ],
    'build-strategy-missing': [
      specs.built,
      reason,
      ['Failed', 'BuildRegistrationFailed', 'reason: ClusterBuildStrategyNotFound'],
    ],
    'build-namespaced-strategy-missing': [
      specs.built,
      reason,
      ['Failed', 'BuildRegistrationFailed', 'reason: BuildStrategyNotFound'],
    ],
    'build-unknown-parameter': [
      specs.built,
      reason,
      ['Failed', 'BuildRegistrationFailed', 'reason: UndefinedParameter'],
    ],
  };

  test.each(Object.entries(effects))('%s', async (name, [spec, effect, expected]) => {
    const simulation = await start(name as ScenarioName);
    await simulation.apply(withServing(spec, sidecar));
    simulation.pass();
    expect(effect(simulation)).toEqual(expected);
  });
});

test('each scenario says in one line what it is', () => {
  const descriptions = Object.values(scenarios).map(({ description }) => description);
  expect(descriptions.filter((text) => !/^\S.{5,100}[^.\s]$/.test(text))).toEqual([]);
  expect(new Set(descriptions).size).toBe(descriptions.length);
});

test('a fate by name goes before that of all others', () => {
  const fates = { f: { pods: 'crash' }, '*': { build: 'hangs' } } as const;
  expect([fateOf({ fates }, 'f'), fateOf({ fates }, 'g'), fateOf({}, 'f')]).toEqual([fates.f, fates['*'], {}]);
});
