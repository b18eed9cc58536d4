import { openWatch } from '../support/stream';
import { get, mergePatch, post, remove, until, type Body } from './support/client';
import { crd, untilServed } from './support/crds';
import { failure, newWorld, randomName, refusal, type World } from './support/world';

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** Groups of their own, so that a type that goes takes its group with it. */
const newGroup = (): string => `${randomName('g')}.example.com`;

let world: World;
beforeEach(async () => {
  world = await newWorld();
});

interface Type {
  group: string;
  definition: string;
  objects: string;
  object: (name: string, more?: object) => object;
}

const schema = (properties: object): object => ({
  schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } },
});

function typeOf(group: string): Type {
  return {
    group,
    definition: `${crds}/things.${group}`,
    objects: `/apis/${group}/v1/namespaces/${world.namespace}/things`,
    object: (name, more = {}) => ({ apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name }, ...more }),
  };
}

function definitionOf(group: string, properties: object): object {
  const version = { name: 'v1', served: true, storage: true, ...schema(properties) };
  return crd({ kind: 'Thing', plural: 'things' }, [version], group);
}

async function define(properties: object = { a: { type: 'string' } }): Promise<Type> {
  const type = typeOf(newGroup());
  expect((await post(crds, definitionOf(type.group, properties))).status).toBe(201);
  await untilServed(type.objects);
  return type;
}

const condition = ({ status }: Body, type: string): string | undefined => {
  const { conditions } = status as { conditions: { type: string; status: string }[] | null };
  return conditions?.find((entry) => entry.type === type)?.status;
};

describe('a definition', () => {
  test('is completed, and established after a while', async () => {
    const { group, definition } = typeOf(newGroup());
    const { status, body } = await post(crds, definitionOf(group, {}));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'CustomResourceDefinition',
      spec: {
        group,
        scope: 'Namespaced',
        conversion: { strategy: 'None' },
        names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      },
    });
    const established = await until(
      () => get(definition),
      (answer) => condition(answer.body, 'Established') === 'True',
    );
    expect(condition(established.body, 'NamesAccepted')).toBe('True');
    expect(established.body.status).toMatchObject({
      acceptedNames: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      storedVersions: ['v1'],
    });
  });

  test('cannot be made twice', async () => {
    const { group } = await define();
    const details = { name: `things.${group}`, group: 'apiextensions.k8s.io', kind: 'customresourcedefinitions' };
    expect(failure(await post(crds, definitionOf(group, {})))).toEqual(
      refusal(
        409,
        'AlreadyExists',
        `customresourcedefinitions.apiextensions.k8s.io "things.${group}" already exists`,
        details,
      ),
    );
  });

  test('needs the name of its type', async () => {
    const definition = { ...definitionOf(newGroup(), {}), metadata: { name: 'x.y.z' } };
    expect(failure(await post(crds, definition))).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringContaining('must be spec.names.plural+"."+spec.group') as string,
      details: { name: 'x.y.z', group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
    });
  });

  test('brings its group, and a new schema brings new fields', async () => {
    const { group, definition, objects, object } = await define();
    await until(
      () => get(`/apis/${group}/v1`),
      ({ status }) => status === 200,
    );
    await post(objects, object('old', { spec: { a: 'x' } }));
    const changed = { name: 'v1', served: true, storage: true, ...schema({ b: { type: 'integer' } }) };
    expect((await mergePatch(definition, { spec: { versions: [changed] } })).status).toBe(200);
    const { body } = await until(
      () => post(`${objects}?dryRun=All`, object('new', { spec: { b: 1 } })),
      (answer) => answer.body.spec['b'] === 1,
    );
    expect(body.spec).toEqual({ b: 1 });
    // What is stored is read by the new schema.
    expect((await get(`${objects}/old`)).body.spec).toEqual({});
  });
});

describe('a definition that is deleted', () => {
  test('takes its objects and its group with it', async () => {
    const { group, definition, objects, object } = await define();
    const { body } = await post(objects, object('a'));
    const stream = await openWatch(`${objects}?watch=true&resourceVersion=${body.metadata.resourceVersion}`);
    const deleted = await remove(definition);
    expect(deleted.status).toBe(200);
    await stream.next(({ type }) => type === 'DELETED', 20_000);
    await until(
      () => get(definition),
      ({ status }) => status === 404,
    );
    const gone = await until(
      () => get(objects),
      ({ status }) => status === 404,
    );
    expect(gone.text).toBe('404 page not found\n');
    const groupGone = await until(
      () => get(`/apis/${group}`),
      ({ status }) => status === 404,
    );
    expect(groupGone.text).toBe('404 page not found\n');
  });

  test('waits for the finalizers of its objects, and takes no new ones meanwhile', async () => {
    const { group, definition, objects, object } = await define();
    await post(objects, object('a', { metadata: { name: 'a', finalizers: ['example.com/x'] } }));
    await remove(definition);
    const dying = await until(
      () => get(`${objects}/a`),
      ({ body }) => body.metadata.deletionTimestamp !== undefined,
    );
    expect(dying.body.metadata.finalizers).toEqual(['example.com/x']);
    const { body } = await get(definition);
    expect(body.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    expect(condition(body, 'Terminating')).toBe('True');
    expect(failure(await post(objects, object('late')))).toEqual(
      refusal(405, 'MethodNotAllowed', 'create not allowed while custom resource definition is terminating', {
        group,
        kind: 'things',
      }),
    );
    await mergePatch(`${objects}/a`, { metadata: { finalizers: null } });
    await until(
      () => get(definition),
      ({ status }) => status === 404,
    );
  });

  test('can be made again, without the old objects', async () => {
    const { group, definition, objects, object } = await define();
    await post(objects, object('a'));
    await remove(definition);
    await until(
      () => get(definition),
      ({ status }) => status === 404,
    );
    expect((await post(crds, definitionOf(group, {}))).status).toBe(201);
    await untilServed(objects);
    expect((await get(objects)).body.items).toEqual([]);
  });
});
