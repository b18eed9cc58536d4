import { plane } from '../support/cluster';
import { call, get, post, type Answer, type CallOptions } from './support/client';
import { group, installTypes } from './support/crds';
import { create, failure, newWorld, randomName, refusal, widget, type World } from './support/world';

const applyType = 'application/apply-patch+yaml';
const rbac = 'rbac.authorization.k8s.io';

let world: World;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
});

const asNobody: CallOptions = { token: plane.tokens.nobody };

const as = (user: string, ...groups: string[]): CallOptions => ({
  headers: { 'Impersonate-User': user, ...(groups.length > 0 && { 'Impersonate-Group': groups.join(',') }) },
});

/** The error for a user who may not do that; with the name of the object, if the request has one. */
function forbidden(
  user: string,
  verb: string,
  {
    resource = 'widgets',
    api = group,
    name,
    scope,
  }: { resource?: string; api?: string; name?: string; scope?: string },
): object {
  const [type = ''] = resource.split('/');
  const subject = `${type}${api && `.${api}`}${name === undefined ? '' : ` "${name}"`}`;
  const where = scope ?? `in the namespace "${world.namespace}"`;
  return refusal(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${api}" ${where}`,
    { ...(name !== undefined && { name }), ...(api && { group: api }), kind: type },
  );
}

describe('a user without rights', () => {
  const body = widget('a');
  test.each<[string, string, string, CallOptions]>([
    ['get', 'GET', '/a', {}],
    ['update', 'PUT', '/a', { body }],
    ['patch', 'PATCH', '/a?fieldManager=x', { body, type: applyType }],
    ['patch', 'PATCH', '/a', { body: 'of no known format', type: 'text/plain' }],
    ['delete', 'DELETE', '/a', {}],
    ['watch', 'GET', '?watch=true&fieldSelector=metadata.name%3Da', {}],
  ])('may not %s an object: 403 (%s …%s)', async (verb, method, path, options) => {
    const answer = await call(method, world.widgets() + path, { ...options, ...asNobody });
    expect(failure(answer)).toEqual(forbidden('nobody', verb, { name: 'a' }));
  });

  test.each<[string, string, string, CallOptions]>([
    ['list', 'GET', '', {}],
    ['watch', 'GET', '?watch=true', {}],
    ['create', 'POST', '', { body }],
    ['deletecollection', 'DELETE', '', {}],
  ])('may not %s a type: 403 (%s …%s)', async (verb, method, path, options) => {
    const answer = await call(method, world.widgets() + path, { ...options, ...asNobody });
    expect(failure(answer)).toEqual(forbidden('nobody', verb, {}));
  });

  test('subresources are named', async () => {
    expect(failure(await get(`${world.widgets('a')}/status`, asNobody))).toEqual(
      forbidden('nobody', 'get', { resource: 'widgets/status', name: 'a' }),
    );
    expect(failure(await get(`${world.core('pods', 'a')}/log`, asNobody))).toEqual(
      forbidden('nobody', 'get', { resource: 'pods/log', api: '', name: 'a' }),
    );
  });

  test('across namespaces it is "at the cluster scope"', async () => {
    const scope = 'at the cluster scope';
    expect(failure(await get(`/apis/${group}/v1/widgets`, asNobody))).toEqual(forbidden('nobody', 'list', { scope }));
    expect(failure(await get('/api/v1/namespaces', asNobody))).toEqual(
      forbidden('nobody', 'list', { resource: 'namespaces', api: '', scope }),
    );
    expect(failure(await get(`/apis/${group}/v1/gadgets`, asNobody))).toEqual(
      forbidden('nobody', 'list', { resource: 'gadgets', scope }),
    );
  });

  test('a namespace is "in" itself', async () => {
    expect(failure(await get(`/api/v1/namespaces/${world.namespace}`, asNobody))).toEqual(
      forbidden('nobody', 'get', { resource: 'namespaces', api: '', name: world.namespace }),
    );
  });

  test('learns nothing of what exists: 403 also for what is absent', async () => {
    expect(failure(await get('/apis/absent.example.com/v1/things', asNobody))).toEqual(
      forbidden('nobody', 'list', { resource: 'things', api: 'absent.example.com', scope: 'at the cluster scope' }),
    );
    expect(failure(await get('/nothing', asNobody))).toEqual(
      refusal(403, 'Forbidden', 'forbidden: User "nobody" cannot get path "/nothing"', {}),
    );
  });

  test.each(['/version', '/healthz', '/readyz', '/api', '/apis'])('may read %s', async (path) => {
    expect((await get(path, asNobody)).status).toBe(200);
  });
});

describe('who is asking', () => {
  test('an unknown token: 401', async () => {
    expect(failure(await get(world.widgets('a'), { token: 'wrong' }))).toEqual(
      refusal(401, 'Unauthorized', 'Unauthorized', undefined),
    );
  });

  test('no token: a user of its own', async () => {
    expect(failure(await get(world.widgets('a'), { token: null }))).toEqual(
      forbidden('system:anonymous', 'get', { name: 'a' }),
    );
  });

  test('an administrator as another user, with and without groups', async () => {
    await create(world, 'a');
    expect(failure(await get(world.widgets('a'), as('jane')))).toEqual(forbidden('jane', 'get', { name: 'a' }));
    expect((await get(world.widgets('a'), as('jane', 'system:masters'))).status).toBe(200);
  });

  test('others may not do so', async () => {
    const answer = await get(world.widgets('a'), { ...asNobody, ...as('jane') });
    expect(failure(answer)).toEqual(
      refusal(
        403,
        'Forbidden',
        'users "jane" is forbidden: User "nobody" cannot impersonate resource "users" in API group "" at the cluster scope',
        { name: 'jane', kind: 'users' },
      ),
    );
  });
});

interface Allowance {
  subjects: { apiGroup?: string; kind: string; name: string; namespace?: string }[];
  rule: { resources: string[]; resourceNames?: string[]; verbs: string[] };
  role?: 'Role' | 'ClusterRole';
  binding?: 'RoleBinding' | 'ClusterRoleBinding';
}

/** Allows something, in the namespace of the test unless the binding is one for the cluster. */
async function bind({ subjects, rule, role = 'Role', binding = 'RoleBinding' }: Allowance): Promise<void> {
  const name = randomName('some');
  const place = (kind: string): string =>
    `/apis/${rbac}/v1${kind.startsWith('Cluster') ? '' : `/namespaces/${world.namespace}`}/${kind.toLowerCase()}s`;
  const apiVersion = `${rbac}/v1`;
  const rules = [{ apiGroups: [group], ...rule }];
  const roleRef = { apiGroup: rbac, kind: role, name };
  const made = [
    await post(place(role), { apiVersion, kind: role, metadata: { name }, rules }),
    await post(place(binding), { apiVersion, kind: binding, metadata: { name }, roleRef, subjects }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
}

/** Allows verbs on a resource to a user and a group in the namespace of the test. */
function allow(subject: { user: string; group: string }, resources: string[], verbs: string[]): Promise<void> {
  return bind({
    subjects: [
      { apiGroup: rbac, kind: 'User', name: subject.user },
      { apiGroup: rbac, kind: 'Group', name: subject.group },
    ],
    rule: { resources, verbs },
  });
}

/** Asks until a new Role has arrived. */
async function untilAllowed(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const answer = await ask();
    if (answer.status !== 403 || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('with a Role', () => {
  test('a user may do just that, in that namespace', async () => {
    await create(world, 'a');
    const user = randomName('user');
    await allow({ user, group: randomName('group') }, ['widgets'], ['get', 'patch']);
    expect((await untilAllowed(() => get(world.widgets('a'), as(user)))).status).toBe(200);
    const applied = await call('PATCH', `${world.widgets('a')}?fieldManager=x`, {
      body: widget('a', { text: 'x' }),
      type: applyType,
      ...as(user),
    });
    expect(applied.status).toBe(200);
    expect(failure(await call('DELETE', world.widgets('a'), as(user)))).toEqual(
      forbidden(user, 'delete', { name: 'a' }),
    );
    expect(failure(await get(`${world.widgets('a')}/status`, as(user)))).toEqual(
      forbidden(user, 'get', { resource: 'widgets/status', name: 'a' }),
    );
    expect((await get((await newWorld()).widgets('a'), as(user))).status).toBe(403);
  });

  test('so may a group', async () => {
    await create(world, 'a');
    const team = randomName('group');
    await allow({ user: randomName('user'), group: team }, ['*'], ['*']);
    expect((await untilAllowed(() => get(world.widgets('a'), as('somebody', team)))).status).toBe(200);
  });

  test('a service account without a namespace is one of the namespace of its binding', async () => {
    await create(world, 'a');
    const subjects = [{ kind: 'ServiceAccount', name: 'deployer' }];
    await bind({ subjects, rule: { resources: ['widgets'], verbs: ['get'] } });
    const account = as(`system:serviceaccount:${world.namespace}:deployer`);
    expect((await untilAllowed(() => get(world.widgets('a'), account))).status).toBe(200);
    const stranger = as('system:serviceaccount:default:deployer');
    expect((await get(world.widgets('a'), stranger)).status).toBe(403);
  });

  test('a rule with names is about these alone', async () => {
    await create(world, 'a');
    const user = randomName('user');
    const rule = { resources: ['widgets'], resourceNames: ['a'], verbs: ['get', 'list'] };
    await bind({ subjects: [{ apiGroup: rbac, kind: 'User', name: user }], rule });
    expect((await untilAllowed(() => get(world.widgets('a'), as(user)))).status).toBe(200);
    expect(failure(await get(world.widgets('b'), as(user)))).toEqual(forbidden(user, 'get', { name: 'b' }));
    expect(failure(await get(world.widgets(), as(user)))).toEqual(forbidden(user, 'list', {}));
  });

  test('a ClusterRole holds where it is bound: in a namespace, or everywhere', async () => {
    const here = randomName('user');
    const everywhere = randomName('user');
    const rule = { resources: ['widgets'], verbs: ['list'] };
    const subjectOf = (name: string) => ({ apiGroup: rbac, kind: 'User', name });
    await bind({ subjects: [subjectOf(here)], rule, role: 'ClusterRole' });
    await bind({ subjects: [subjectOf(everywhere)], rule, role: 'ClusterRole', binding: 'ClusterRoleBinding' });
    expect((await untilAllowed(() => get(world.widgets(), as(here)))).status).toBe(200);
    const all = `/apis/${group}/v1/widgets`;
    expect((await untilAllowed(() => get(all, as(everywhere)))).status).toBe(200);
    expect((await get(all, as(here))).status).toBe(403);
  });

  test('an apply that creates needs the right to create, too', async () => {
    const user = randomName('user');
    await allow({ user, group: randomName('group') }, ['widgets'], ['get', 'patch']);
    await untilAllowed(() => get(world.widgets('a'), as(user)));
    const answer = await call('PATCH', `${world.widgets('a')}?fieldManager=x`, {
      body: widget('a'),
      type: applyType,
      ...as(user),
    });
    // Old servers say no more than that.
    expect(failure(answer)).toMatchObject({
      http: 403,
      reason: 'Forbidden',
      details: { name: 'a', group, kind: 'widgets' },
      message: expect.stringMatching(new RegExp(`^widgets.${group} "a" is forbidden: `)) as string,
    });
  });
});

describe('asking what one may do', () => {
  const review = (attributes: object, options: CallOptions = {}): Promise<Answer> =>
    call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace: world.namespace, group, resource: 'widgets', ...attributes } },
      },
      ...options,
    });

  test('an administrator may do everything, a user without rights nothing', async () => {
    const yes = await review({ verb: 'delete', name: 'a' });
    expect(yes.status).toBe(201);
    expect(yes.body).toMatchObject({ kind: 'SelfSubjectAccessReview', status: { allowed: true } });
    const no = await review({ verb: 'get' }, asNobody);
    expect(no.status).toBe(201);
    expect(no.body.status).toMatchObject({ allowed: false });
  });

  test('a Role counts', async () => {
    const user = randomName('user');
    await allow({ user, group: randomName('group') }, ['widgets'], ['get']);
    await untilAllowed(() => get(world.widgets('a'), as(user)));
    expect((await review({ verb: 'get' }, as(user))).body.status).toMatchObject({ allowed: true });
    expect((await review({ verb: 'patch' }, as(user))).body.status).toMatchObject({ allowed: false });
  });

  test('a question without a subject is refused', async () => {
    const answer = await post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {},
    });
    expect(failure(answer)).toMatchObject({ http: 422, reason: 'Invalid' });
  });
});
