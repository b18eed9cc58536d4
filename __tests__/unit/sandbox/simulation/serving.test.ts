import { valueAt } from '../../../../src/record';
import {
  eventsOf,
  functionPath,
  functions,
  olderSpecs,
  servings,
  simulate,
  specs,
  treeOf,
  type Simulation,
  withServing,
} from '../support/cluster';

const pods = 'pods.';
const deployments = 'deployments.apps';
const services = 'services.serving.knative.dev';

const sidecar = { annotations: { 'openfunction.io/dapr-service-mode': 'sidecar' } };

/** Waits until everything is as it will be, and gives what belongs to the function. */
function settledTree(simulation: Simulation): string {
  simulation.pass();
  return treeOf(simulation, simulation.fn());
}

describe('a function over HTTP', () => {
  test('goes from Created over Starting to Running', async () => {
    const { apply, pass, states, status } = await simulate();
    await apply(specs.http);
    pass();
    expect(states).toEqual(['-, -', 'Skipped, Created', 'Skipped, Starting', 'Skipped, Running']);
    expect(status('build')).toEqual({ state: 'Skipped', resourceHash: '14903236521345556383' });
    expect(status('serving')).toEqual({
      state: 'Running',
      resourceRef: expect.stringMatching(/^serving-\w{5}$/) as string,
      lastSuccessfulResourceRef: status('serving', 'resourceRef'),
      resourceHash: expect.stringMatching(/^\d+$/) as string,
    });
  });

  test('runs as a Service of Knative, and is reached by a route', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.http);
    expect(settledTree(simulation)).toMatchInlineSnapshot(`
     "Function f
       HTTPRoute f (app.kubernetes.io/managed-by=openfunction.openfunction)
       Service f
       Serving serving-xxxxx (openfunction.io/function=f)
         Service serving-xxxxx-ksvc-xxxxx (openfunction.io/serving=serving-xxxxx)
           Deployment serving-xxxxx-ksvc-xxxxx-v100-deployment (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)
             ReplicaSet serving-xxxxx-ksvc-xxxxx-v100-deployment-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)
               Pod serving-xxxxx-ksvc-xxxxx-v100-deployment-xxxxx-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)"
    `);
  });

  test('has no route and no address before it runs', async () => {
    const { apply, pass, all, status } = await simulate();
    await apply(specs.http);
    pass(300);
    expect([status('serving', 'state'), status('addresses'), status('route')]).toEqual([
      'Starting',
      undefined,
      undefined,
    ]);
    expect([all('httproutes.gateway.networking.k8s.io'), all('services.')]).toEqual([[], []]);
  });

  test('says where it is reached', async () => {
    const { apply, pass, status } = await simulate();
    await apply(specs.http);
    pass();
    expect(status('addresses')).toEqual([
      { type: 'External', value: 'http://f.default.ofn.io/' },
      { type: 'Internal', value: 'http://f.default.svc.cluster.local/' },
    ]);
    expect(status('route')).toMatchObject({
      hosts: ['f.default.ofn.io', 'f.default.svc.cluster.local'],
      paths: [{ type: 'PathPrefix', value: '/' }],
      conditions: [{ type: 'Accepted', status: 'True' }],
    });
  });

  test('hands on its image, parameters, labels and annotations', async () => {
    const { apply, pass, only } = await simulate();
    const changes = { params: { A: '1' }, labels: { team: 'a' }, annotations: { 'dapr.io/app-protocol': 'http' } };
    await apply(withServing(specs.http, changes), { annotations: { note: 'n' } });
    pass();
    expect(only(servings).metadata.annotations).toEqual({ note: 'n' });
    expect(only(pods).metadata).toMatchObject({
      labels: { team: 'a', 'app.kubernetes.io/version': 'v1.0.0' },
      annotations: { 'dapr.io/app-protocol': 'http', 'dapr.io/log-as-json': 'true' },
    });
    expect(valueAt(only(pods), ['spec', 'containers'])).toEqual([
      {
        name: 'function',
        image: 'example.com/f:v1',
        env: [
          { name: 'FUNC_CONTEXT', value: '{"name":"f","version":"v1.0.0","runtime":"Knative","port":"8080"}' },
          { name: 'A', value: '1' },
        ],
      },
    ]);
  });

  test('gets a container of its own where none has the right name', async () => {
    const { apply, pass, only } = await simulate();
    await apply(
      withServing(specs.http, { template: { containers: [{ name: 'mine', image: 'example.com/mine:v1' }] } }),
    );
    pass();
    expect(valueAt(only(pods), ['spec', 'containers'])).toMatchObject([
      { name: 'mine', image: 'example.com/mine:v1' },
      { name: 'function', image: 'example.com/f:v1' },
    ]);
  });

  test('of release 1.0 goes the same way in v1beta1, without events', async () => {
    const simulation = await simulate({ openfunction: '1.0' });
    await simulation.apply(olderSpecs.http);
    simulation.pass();
    expect(simulation.states).toEqual(['-, -', 'Skipped, Created', 'Skipped, Starting', 'Skipped, Running']);
    expect(simulation.only(servings)).toMatchObject({
      apiVersion: 'core.openfunction.io/v1beta1',
      spec: { runtime: 'knative', port: 8080, image: 'example.com/f:v1', version: 'v1.0.0' },
    });
    expect(eventsOf(simulation, 'Function')).toEqual([]);
  });
});

describe('an async function', () => {
  test('has a Deployment, Components of Dapr and the proxy of Dapr, but no route', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.async);
    expect(settledTree(simulation)).toMatchInlineSnapshot(`
     "Function f
       Serving serving-xxxxx (openfunction.io/function=f)
         Component serving-xxxxx-bindings-topic-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx)
         Deployment serving-xxxxx-deployment-v100-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)
           ReplicaSet serving-xxxxx-deployment-v100-xxxxx-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)
             Pod serving-xxxxx-deployment-v100-xxxxx-xxxxx-xxxxx (openfunction.io/managed=true, openfunction.io/serving=serving-xxxxx, app.kubernetes.io/version=v1.0.0)
         Deployment serving-xxxxx-proxy-deployment-v100-xxxxx (openfunction.io/managed=true, openfunction.io/proxy=serving-xxxxx)
           ReplicaSet serving-xxxxx-proxy-deployment-v100-xxxxx-xxxxx (openfunction.io/managed=true, openfunction.io/proxy=serving-xxxxx)
             Pod serving-xxxxx-proxy-deployment-v100-xxxxx-xxxxx-xxxxx (openfunction.io/managed=true, openfunction.io/proxy=serving-xxxxx)"
    `);
    expect(simulation.status('addresses')).toBeUndefined();
    expect(simulation.only('components.dapr.io')).toMatchObject({
      spec: { type: 'bindings.kafka', version: 'v1', metadata: [] },
      scopes: ['f-default'],
    });
  });

  test('names in its Serving what it runs', async () => {
    const { apply, pass, only, all } = await simulate();
    await apply(specs.async);
    pass();
    const [workload, proxy] = ['-deployment-', '-proxy-deployment-'].map((part) =>
      all(deployments).find(({ metadata }) => metadata.name.replace(/^serving-\w{5}/, '').startsWith(part)),
    );
    expect(valueAt(only(servings), ['status', 'resourceRef'])).toEqual({
      'Async/workload': workload?.metadata.name,
      'dapr-proxy': proxy?.metadata.name,
      'dapr.io/component': only('components.dapr.io').metadata.name,
    });
  });

  test('with Dapr as a sidecar has no proxy', async () => {
    const { apply, pass, only } = await simulate();
    await apply(withServing(specs.async, sidecar));
    pass();
    const containers = valueAt(only(pods), ['spec', 'containers']) as { name: string }[];
    expect(containers.map(({ name }) => name)).toEqual(['function', 'daprd']);
    expect(valueAt(only(deployments), ['status', 'readyReplicas'])).toBe(1);
  });

  test.each([
    ['StatefulSet', 'statefulsets.apps'],
    ['Job', 'jobs.batch'],
    ['Deployment', deployments],
    ['something else', deployments],
  ])('whose workload is a %s', async (workloadType, kind) => {
    const { apply, pass, only } = await simulate();
    await apply(withServing(specs.async, { workloadType, ...sidecar }));
    pass();
    const { metadata } = only(kind);
    const word = kind.replace(/s\..*$/, '');
    expect(metadata.name).toMatch(new RegExp(`^serving-\\w{5}-${word}-v100-\\w{5}$`));
    expect(valueAt(only(pods), ['metadata', 'labels', 'openfunction.io/serving'])).toBe(only(servings).metadata.name);
  });

  test.each<[string, object, string[]]>([
    ['says Running at once', specs.async, ['-, -', 'Skipped, Created', 'Skipped, Running']],
    [
      'waits for a Deployment that it names',
      withServing(specs.async, { workloadType: 'Deployment' }),
      ['-, -', 'Skipped, Created', 'Skipped, Starting', 'Skipped, Running'],
    ],
  ])('of release 1.2 %s', async (_title, spec, expected) => {
    const { apply, pass, states } = await simulate();
    await apply(spec);
    pass();
    expect(states).toEqual(expected);
  });

  test('of release 1.2 says Running even when its pods never run', async () => {
    const { apply, pass, status } = await simulate({ scenario: { fates: { f: { pods: 'image cannot be pulled' } } } });
    await apply(specs.async);
    pass();
    expect(status('serving', 'state')).toBe('Running');
  });

  test('of release 1.0 waits for its Deployment', async () => {
    const { apply, pass, states } = await simulate({ openfunction: '1.0' });
    await apply(olderSpecs.async);
    pass();
    expect(states).toEqual(['-, -', 'Skipped, Created', 'Skipped, Starting', 'Skipped, Running']);
  });
});

describe('Dapr', () => {
  const outputs = { outputs: [{ dapr: { name: 'out', type: 'bindings.kafka' } }] };

  test.each<[string, object, Record<string, string> | undefined, boolean]>([
    ['is not there without need', {}, undefined, false],
    ['is there for outputs', outputs, undefined, true],
    ['is there for states', { states: { store: {} } }, undefined, true],
    ['is there when told so', {}, { 'openfunction.io/enable-dapr': 'true' }, true],
    ['is not there when told so', outputs, { 'openfunction.io/enable-dapr': 'false' }, false],
  ])('%s', async (_title, serving, annotations, expected) => {
    const { apply, pass, all } = await simulate();
    await apply(withServing(specs.http, { ...serving, ...(annotations && { annotations }) }));
    pass();
    const proxies = all(pods).filter(({ metadata }) => metadata.labels?.['openfunction.io/proxy'] !== undefined);
    expect(proxies.length).toBe(expected ? 1 : 0);
  });
});

describe('what is served anew', () => {
  async function servesAnew(before: object, after: object, annotations: [object?, object?] = []): Promise<boolean> {
    const { apply, pass, status } = await simulate();
    await apply(before, annotations[0] && { annotations: annotations[0] });
    pass();
    const { resourceRef, resourceHash } = status('serving') as Record<string, string>;
    await apply(after, annotations[1] && { annotations: annotations[1] });
    pass();
    const isOther = status('serving', 'resourceRef') !== resourceRef;
    expect(status('serving', 'resourceHash') !== resourceHash).toBe(isOther);
    return isOther;
  }
  const resources = (memory: string): object =>
    withServing(specs.http, {
      template: { containers: [{ name: 'function', resources: { limits: { memory }, requests: { memory } } }] },
    });

  test.each<[string, object, object, boolean]>([
    ['nothing', specs.http, specs.http, false],
    ['the version', specs.http, { ...specs.http, version: 'v2.0.0' }, true],
    ['the image', specs.http, { ...specs.http, image: 'example.com/f:v2' }, true],
    ['the port', specs.http, withServing(specs.http, { triggers: { http: { port: 3000 } } }), true],
    ['a parameter', specs.http, withServing(specs.http, { params: { A: '1' } }), true],
    ['a quantity', resources('512Mi'), resources('1Gi'), false],
    ['another kind of resource', specs.http, resources('512Mi'), true],
  ])('%s', async (_title, before, after, expected) => {
    expect(await servesAnew(before, after)).toBe(expected);
  });

  test('an annotation of the function', async () => {
    expect(await servesAnew(specs.http, specs.http, [undefined, { note: 'n' }])).toBe(false);
  });

  test('the port in release 1.0, but not the route', async () => {
    const { apply, pass, status } = await simulate({ openfunction: '1.0' });
    const refs: unknown[] = [];
    for (const changes of [{}, { port: 3000 }, { port: 3000, route: { hostnames: ['example.com'] } }]) {
      await apply({ ...olderSpecs.http, ...changes });
      pass();
      refs.push(status('serving', 'resourceRef'));
    }
    expect([refs[0] === refs[1], refs[1] === refs[2]]).toEqual([false, true]);
  });

  test('the old Serving stays until the new one runs', async () => {
    const { apply, pass, all, status } = await simulate();
    await apply(specs.http);
    pass();
    const old = status('serving', 'resourceRef');
    await apply({ ...specs.http, image: 'example.com/f:v2' });
    pass(300);
    expect(status('serving')).toMatchObject({ state: 'Starting', lastSuccessfulResourceRef: old });
    expect([all(servings).length, all(pods).length]).toEqual([2, 2]);
    pass();
    expect(all(servings).map(({ metadata }) => metadata.name)).toEqual([status('serving', 'resourceRef')]);
    expect(all(pods).length).toBe(1);
  });

  test('the old Serving stays for ever when the new one fails', async () => {
    const { apply, pass, all, status } = await simulate({
      scenario: { fates: { '*': { pods: 'never ready' } } },
    });
    await apply(specs.http);
    await apply({ ...specs.http, image: 'example.com/f:v2' });
    pass();
    expect([status('serving', 'state'), all(servings).length]).toEqual(['Starting', 1]);
    await apply({ ...specs.http, image: 'example.com/f:v3' });
    pass();
    expect([status('serving', 'state'), all(servings).length]).toEqual(['Starting', 2]);
  });

  test('a Serving that somebody deletes', async () => {
    const { apply, pass, only, request } = await simulate();
    await apply(specs.http);
    pass();
    const { name } = only(servings).metadata;
    await request('DELETE', `${functionPath().replace('functions', 'servings')}/${name}`);
    pass();
    expect(only(servings).metadata.name).not.toBe(name);
    expect(valueAt(only(servings), ['status', 'state'])).toBe('Running');
  });
});

describe('a Serving that does not start', () => {
  test.each<[string, object]>([
    [
      'a key of a component',
      withServing(specs.async, { bindings: { kafka_server: specs.async.serving.bindings.topic } }),
    ],
    ['a version with capitals', { ...specs.http, version: 'v1.0.0-RC1' }],
    ['a version with an underscore', { ...specs.http, version: 'v1_0' }],
    ['a version that is too long', { ...specs.http, version: `v${'1'.repeat(38)}` }],
  ])('because of %s, stays Created, and nothing says why', async (_title, spec) => {
    const { apply, pass, states, only, all } = await simulate();
    await apply(spec);
    pass();
    expect(states).toEqual(['-, -', 'Skipped, Created']);
    expect(only(servings)).not.toHaveProperty('status');
    expect([all(deployments), all(services)]).toEqual([[], []]);
  });

  test('because the API server refuses what it needs, stays Created, too', async () => {
    const { apply, pass, states, only } = await simulate();
    await apply(withServing(specs.async, { labels: { team: 'a b' } }));
    pass();
    expect(states).toEqual(['-, -', 'Skipped, Created']);
    expect(only(servings)).not.toHaveProperty('status');
  });

  test('is not even there when the name of the function is too long for a label', async () => {
    const { apply, pass, all } = await simulate();
    const name = 'f'.repeat(64);
    await apply(specs.http, { name });
    pass();
    expect([all(functions).length, all(servings)]).toEqual([1, []]);
  });

  test('in time is a Timeout, and stays one', async () => {
    const { apply, pass, states, status } = await simulate({ scenario: { fates: { f: { pods: 'never ready' } } } });
    await apply(withServing(specs.http, { timeout: '30s' }));
    pass(29_000);
    expect(status('serving', 'state')).toBe('Starting');
    pass();
    expect(states.at(-1)).toBe('Skipped, Timeout');
    expect(status('serving')).toMatchObject({ state: 'Timeout', reason: 'Timeout' });
  });

  test('is no Timeout when it started in time', async () => {
    const { apply, pass, status } = await simulate();
    await apply(withServing(specs.http, { timeout: '30s' }));
    pass(120_000);
    expect(status('serving', 'state')).toBe('Running');
  });
});

test('events tell what becomes of a Serving', async () => {
  const simulation = await simulate({ scenario: { fates: { f: { pods: 'image cannot be pulled' } } } });
  await simulation.apply(specs.http);
  simulation.pass();
  expect(eventsOf(simulation, 'Function')).toEqual([
    'Normal Starting: Serving serving-xxxxx is Starting',
    expect.stringMatching(/^Warning ServingFailed: Revision failed with message: Back-off pulling image: rpc error/),
  ]);
});

test('nothing happens without the controller of OpenFunction', async () => {
  const { apply, pass, fn, all } = await simulate({ scenario: { openfunctionWorks: false } });
  await apply(specs.built);
  pass();
  expect(fn()).not.toHaveProperty('status');
  expect([all(servings), all('builders.core.openfunction.io'), all(pods)]).toEqual([[], [], []]);
});
