import { apply, get, mergePatch, post, put, remove, until } from './support/client';
import { group, installTypes } from './support/crds';
import { create, failure, newWorld, notFound, refusal, widget, worldOf, type World } from './support/world';

let world: World;
let path: string;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
  path = `/api/v1/namespaces/${world.namespace}`;
});

const absentNamespace = refusal(404, 'NotFound', 'namespaces "absent" not found', {
  name: 'absent',
  kind: 'namespaces',
});

describe('a namespace', () => {
  test('is active at once, and held by a finalizer of its own', async () => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Namespace',
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  });

  test('cannot be made twice', async () => {
    const answer = await post('/api/v1/namespaces', { metadata: { name: world.namespace } });
    const details = { name: world.namespace, kind: 'namespaces' };
    expect(failure(answer)).toEqual(
      refusal(409, 'AlreadyExists', `namespaces "${world.namespace}" already exists`, details),
    );
  });

  test('that is absent', async () => {
    expect(failure(await get('/api/v1/namespaces/absent'))).toEqual(absentNamespace);
  });

  test('needs a name that is a label', async () => {
    expect(failure(await post('/api/v1/namespaces', { metadata: { name: 'a.b' } }))).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringMatching(/^Namespace "a\.b" is invalid: metadata\.name: Invalid value: "a\.b": /) as string,
      details: { name: 'a.b', kind: 'Namespace', causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }] },
    });
  });

  test.each(['default', 'kube-system'])('%s cannot be deleted', async (name) => {
    expect(failure(await remove(`/api/v1/namespaces/${name}`))).toEqual(
      refusal(403, 'Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {
        name,
        kind: 'namespaces',
      }),
    );
  });
});

describe('in an absent namespace', () => {
  const absent = worldOf('absent');

  test('nothing can be created or applied: 404 about the namespace', async () => {
    expect(failure(await post(absent.widgets(), widget('a')))).toEqual(absentNamespace);
    expect(failure(await apply(absent.widgets('a'), 'one', widget('a')))).toEqual(absentNamespace);
    expect(failure(await apply(absent.widgets('a'), 'one', widget('a'), '&dryRun=All'))).toEqual(absentNamespace);
    expect(failure(await post(absent.core('configmaps'), { metadata: { name: 'a' } }))).toEqual(absentNamespace);
  });

  test('there is nothing to read, patch or delete: 404 about the object', async () => {
    expect(failure(await get(absent.widgets('a')))).toEqual(notFound('a'));
    expect(failure(await mergePatch(absent.widgets('a'), {}))).toEqual(notFound('a'));
    expect(failure(await remove(absent.widgets('a')))).toEqual(notFound('a'));
  });
});

describe('a namespace that is deleted', () => {
  test('stays, Terminating, while nobody finalizes it', async () => {
    const { status, body } = await remove(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Namespace',
      metadata: { name: world.namespace, deletionTimestamp: expect.any(String) as string },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Terminating' },
    });
    expect((await get(path)).body).toEqual(body);
    expect((await remove(path)).body.status).toEqual({ phase: 'Terminating' });
  });

  test('takes nothing new: 403 with a cause', async () => {
    await remove(path);
    const { namespace } = world;
    const forbidden = (resource: string, details: object): object =>
      refusal(
        403,
        'Forbidden',
        `${resource} "late" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
        {
          name: 'late',
          ...details,
          causes: [
            {
              reason: 'NamespaceTerminating',
              message: `namespace ${namespace} is being terminated`,
              field: 'metadata.namespace',
            },
          ],
        },
      );
    // Types of CustomResourceDefinitions have an admission chain of their own, which hears of the deletion by a watch.
    await until(
      () => post(`${world.widgets()}?dryRun=All`, widget('late')),
      ({ status }) => status !== 201,
    );
    const aboutWidgets = forbidden(`widgets.${group}`, { group, kind: 'widgets' });
    expect(failure(await post(world.widgets(), widget('late')))).toEqual(aboutWidgets);
    expect(failure(await apply(world.widgets('late'), 'one', widget('late')))).toEqual(aboutWidgets);
    expect(failure(await apply(world.widgets('late'), 'one', widget('late'), '&dryRun=All'))).toEqual(aboutWidgets);
    expect(failure(await post(world.core('configmaps'), { metadata: { name: 'late' } }))).toEqual(
      forbidden('configmaps', { kind: 'configmaps' }),
    );
  });

  test('lets what it holds be changed and deleted', async () => {
    await create(world, 'a');
    await remove(path);
    expect((await mergePatch(world.widgets('a'), { spec: { text: 'x' } })).status).toBe(200);
    expect((await apply(world.widgets('a'), 'one', widget('a', { title: 'x' }))).status).toBe(200);
    expect((await remove(world.widgets('a'))).status).toBe(200);
  });

  test('is gone when it is finalized', async () => {
    await remove(path);
    const finalized = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: world.namespace }, spec: {} };
    expect((await put(`${path}/finalize`, finalized)).status).toBe(200);
    expect((await get(path)).status).toBe(404);
  });
});
