import { builders, functionPath, functions, servings, simulate, specs, type Simulation } from '../support/cluster';

const path = `${functionPath()}/f`;

/** What is left in the namespace but events, as kinds. */
function remains({ sandbox }: Simulation, namespace = 'default'): string[] {
  const { store } = sandbox.state;
  return store
    .kinds()
    .filter((kind) => kind !== 'events.')
    .flatMap((kind) => store.list(kind))
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ kind, metadata }) => `${kind}${metadata.deletionTimestamp === undefined ? '' : ' (dying)'}`)
    .sort();
}

const remove = ({ request }: Simulation, propagationPolicy: string): ReturnType<Simulation['request']> =>
  request('DELETE', path, { propagationPolicy });

async function deployed(spec: object = specs.built): Promise<Simulation> {
  const simulation = await simulate();
  await simulation.apply(spec);
  simulation.pass();
  return simulation;
}

describe('deletion in the foreground', () => {
  test('takes the whole tree before the function, and ends with 404', async () => {
    const simulation = await deployed();
    const order: string[] = [];
    simulation.sandbox.state.store.subscribe(({ type, object }) => {
      if (type === 'DELETED') order.push(object.kind);
    });
    const { status, body } = await remove(simulation, 'Foreground');
    expect([status, body['metadata']]).toEqual([
      200,
      expect.objectContaining({
        finalizers: ['foregroundDeletion'],
        deletionTimestamp: expect.stringMatching(/Z$/) as string,
      }),
    ]);
    simulation.pass(100);
    expect(remains(simulation)).toEqual([
      'Deployment (dying)',
      'Function (dying)',
      'Pod (dying)',
      'ReplicaSet (dying)',
      'Service (dying)',
      'Serving (dying)',
    ]);
    simulation.pass();
    expect(remains(simulation)).toEqual([]);
    expect((await simulation.request('GET', path)).status).toBe(404);
    expect(order.slice(-6)).toEqual(['Pod', 'ReplicaSet', 'Deployment', 'Service', 'Serving', 'Function']);
  });

  test('of an async function takes Components and proxies, too', async () => {
    const simulation = await deployed(specs.async);
    await remove(simulation, 'Foreground');
    simulation.pass();
    expect(remains(simulation)).toEqual([]);
  });

  test('while it is built ends the build', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.built);
    simulation.pass(500);
    await remove(simulation, 'Foreground');
    simulation.pass();
    expect(remains(simulation)).toEqual([]);
  });

  test('does not make a Builder or a Serving again', async () => {
    const simulation = await deployed();
    await remove(simulation, 'Foreground');
    const made: string[] = [];
    simulation.sandbox.state.store.subscribe(({ type, kind }) => {
      if (type === 'ADDED' && [builders, servings].includes(kind)) made.push(kind);
    });
    simulation.pass();
    expect(made).toEqual([]);
  });
});

test('deletion in the background takes the function at once and the rest later', async () => {
  const simulation = await deployed(specs.async);
  const { status, body } = await remove(simulation, 'Background');
  expect([status, body['status']]).toEqual([200, 'Success']);
  expect((await simulation.request('GET', path)).status).toBe(404);
  expect(remains(simulation)).toContain('Serving');
  simulation.pass();
  expect(remains(simulation)).toEqual([]);
});

test('a function of the same name may follow at once, and is not taken with the old one', async () => {
  const simulation = await deployed(specs.http);
  await remove(simulation, 'Background');
  await simulation.apply(specs.http);
  simulation.pass();
  expect(simulation.status('serving', 'state')).toBe('Running');
  expect(simulation.only(servings).metadata.ownerReferences?.[0]?.uid).toBe(simulation.fn().metadata.uid);
});

describe('a finalizer of somebody else', () => {
  test('keeps the function, whose tree is gone', async () => {
    const simulation = await simulate({ scenario: { finalizers: ['example.com/hold'] } });
    await simulation.apply(specs.http);
    simulation.pass();
    expect(simulation.fn().metadata.finalizers).toEqual(['example.com/hold']);
    await remove(simulation, 'Foreground');
    simulation.pass(3_600_000);
    expect(remains(simulation)).toEqual(['Function (dying)']);
    expect(simulation.fn().metadata.finalizers).toEqual(['example.com/hold']);
  });

  test('lets it go when it is taken away', async () => {
    const simulation = await simulate({ scenario: { finalizers: ['example.com/hold'] } });
    await simulation.apply(specs.http);
    simulation.pass();
    await remove(simulation, 'Foreground');
    simulation.pass();
    const nothing = { metadata: { finalizers: null } };
    const { status } = await simulation.request('PATCH', path, nothing, 'application/merge-patch+json');
    expect(status).toBe(200);
    simulation.pass();
    expect(remains(simulation)).toEqual([]);
  });
});

describe('deletion of a namespace', () => {
  const inNamespace = async (spec: object, milliseconds: number): Promise<Simulation> => {
    const simulation = await simulate();
    await simulation.request('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
    await simulation.apply(spec, { namespace: 'team' });
    simulation.pass(milliseconds);
    return simulation;
  };

  test.each([
    ['while its functions run', specs.async, 60_000],
    ['while its functions are built', specs.built, 500],
    ['while its functions start', specs.http, 200],
    ['before its functions are seen', specs.http, 0],
  ])('%s takes everything in it', async (_title, spec, milliseconds) => {
    const simulation = await inNamespace(spec, milliseconds);
    const { body } = await simulation.request('DELETE', '/api/v1/namespaces/team');
    expect(body['status']).toEqual({ phase: 'Terminating' });
    simulation.pass();
    expect((await simulation.request('GET', '/api/v1/namespaces/team')).status).toBe(404);
    expect(remains(simulation, 'team')).toEqual([]);
    expect(simulation.all('events.').filter(({ metadata }) => metadata.namespace === 'team')).toEqual([]);
  });

  test('leaves other namespaces alone', async () => {
    const simulation = await inNamespace(specs.http, 60_000);
    await simulation.apply(specs.http);
    await simulation.request('DELETE', '/api/v1/namespaces/team');
    simulation.pass();
    expect(simulation.all(functions).map(({ metadata }) => metadata.namespace)).toEqual(['default']);
    expect(simulation.status('serving', 'state')).toBe('Running');
  });
});

test('without controllers nothing is collected', async () => {
  const simulation = await simulate({ controllers: false });
  await simulation.apply(specs.http);
  await remove(simulation, 'Foreground');
  simulation.pass();
  expect(remains(simulation)).toEqual(['Function (dying)']);
});
