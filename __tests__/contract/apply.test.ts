import { apply, call, get, jsonPatch, mergePatch, post, put, type Body, type CallOptions } from './support/client';
import { group, installTypes } from './support/crds';
import {
  badRequest,
  create,
  failure,
  invalid,
  live,
  minorVersion,
  newWorld,
  notFound,
  outdated,
  refusal,
  testSince,
  widget,
  worldOf,
  type World,
} from './support/world';

const applyType = 'application/apply-patch+yaml';

let world: World;
let path: string;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
  path = world.widgets('a');
});

/** Applies the Widget `a`, which must succeed. */
async function applied(manager: string, spec?: object, query = ''): Promise<Body> {
  const { status, body } = await apply(path, manager, widget('a', spec), query);
  expect([status < 300, body.message]).toEqual([true, undefined]);
  return body;
}

/** Who manages what, as the server writes it down, but for times. */
function managers({ metadata }: Body): Record<string, unknown> {
  return Object.fromEntries(
    (metadata.managedFields ?? []).map((entry) => [`${entry.manager} ${entry.operation}`, entry.fieldsV1]),
  );
}

/** The error for fields that other managers own; each as `[manager, ...fields]`. */
function conflict(message: string, owned: readonly [string, ...string[]][]): object {
  const causes = owned.flatMap(([manager, ...fields]) =>
    fields.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field })),
  );
  const key = ({ field, message: words }: { field: string; message: string }): string => `${field}\n${words}`;
  causes.sort((x, y) => (key(x) < key(y) ? -1 : 1));
  return refusal(409, 'Conflict', message, { causes });
}

describe('applying', () => {
  test('creates with 201, and records the manager', async () => {
    const { status, body } = await apply(path, 'one', widget('a', { color: 'red' }));
    expect(status).toBe(201);
    expect(body).toMatchObject({ apiVersion: `${group}/v1`, kind: 'Widget', spec: { color: 'red', size: 3 } });
    expect(body.metadata).toMatchObject({ name: 'a', namespace: world.namespace, generation: 1 });
    expect(body.metadata.managedFields).toEqual([
      {
        manager: 'one',
        operation: 'Apply',
        apiVersion: `${group}/v1`,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { 'f:color': {} } },
      },
    ]);
  });

  test('the same again answers 200 and changes nothing, not even the time of the manager', async () => {
    const spec = { color: 'red', containers: [{ name: 'main', image: 'x:1' }], tags: ['a'], params: { a: '1' } };
    const first = await applied('one', spec);
    // Times are in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { status, body } = await apply(path, 'one', widget('a', spec));
    expect(status).toBe(200);
    expect(body).toEqual(first);
    expect(await live(path)).toEqual(first);
  });

  // Older servers write a new time, and so a new resourceVersion, when a whole list differs by the defaults of its items.
  testSince(23, 'the same again changes nothing even where the server sets defaults in a list', async () => {
    const spec = { steps: [{ run: 'x' }] };
    const first = await applied('one', spec);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await applied('one', spec)).toEqual(first);
  });

  test('a change answers 200 with the next generation', async () => {
    const { metadata } = await applied('one', { color: 'red' });
    const body = await applied('one', { color: 'blue' });
    expect(body.spec['color']).toBe('blue');
    expect(body.metadata).toMatchObject({ generation: 2, uid: metadata.uid });
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
  });

  test('a second manager of the same values changes the resourceVersion, not the generation', async () => {
    const { metadata } = await applied('one', { color: 'red' });
    const body = await applied('two', { color: 'red' });
    expect(body.metadata.generation).toBe(1);
    expect(body.metadata.resourceVersion).not.toBe(metadata.resourceVersion);
    const owned = { 'f:spec': { 'f:color': {} } };
    expect(managers(body)).toEqual({ 'one Apply': owned, 'two Apply': owned });
  });

  test('YAML is read, with comments', async () => {
    const yaml = `apiVersion: ${group}/v1\nkind: Widget\nmetadata:\n  name: a\nspec:\n  # a comment\n  size: 4\n  color: "red"\n`;
    const { status, body } = await apply(path, 'one', yaml);
    expect([status, body.spec]).toEqual([201, { color: 'red', size: 4, settings: { mode: 'slow', retries: 2 } }]);
  });

  test('the namespace may be named', async () => {
    const object = widget('a', {}, { metadata: { namespace: world.namespace } });
    expect((await apply(path, 'one', object)).status).toBe(201);
  });

  test('in an absent namespace answers 404 about the namespace', async () => {
    const absent = worldOf('absent-namespace');
    expect(failure(await apply(absent.widgets('a'), 'one', widget('a')))).toEqual(
      refusal(404, 'NotFound', 'namespaces "absent-namespace" not found', {
        name: 'absent-namespace',
        kind: 'namespaces',
      }),
    );
  });

  test('a built-in type', async () => {
    const configMap = (data: object): object => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data,
    });
    const first = await apply(world.core('configmaps', 'a'), 'one', configMap({ x: '1' }));
    expect([first.status, managers(first.body)]).toEqual([201, { 'one Apply': { 'f:data': { 'f:x': {} } } }]);
    expect(failure(await apply(world.core('configmaps', 'a'), 'two', configMap({ x: '2' })))).toEqual(
      conflict('Apply failed with 1 conflict: conflict with "one": .data.x', [['"one"', '.data.x']]),
    );
    const second = await apply(world.core('configmaps', 'a'), 'one', configMap({ y: '2' }));
    expect(second.body['data']).toEqual({ y: '2' });
  });

  test('a namespace: made once, then left alone', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${world.namespace}-more` } };
    const at = `/api/v1/namespaces/${world.namespace}-more`;
    const first = await apply(at, 'one', namespace);
    const second = await apply(at, 'one', namespace);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.metadata.uid).toBe(first.body.metadata.uid);
    expect(second.body.status).toEqual({ phase: 'Active' });
  });
});

describe('removing by applying less', () => {
  test('fields, items of a list with keys and of a set, keys of a map', async () => {
    await post(
      `${world.widgets()}?fieldManager=base`,
      widget('a', { containers: [{ name: 'base' }], tags: ['base'], params: { base: '1' } }),
    );
    const more = { image: 'x', command: ['y'] };
    await applied('one', {
      color: 'red',
      containers: [
        { name: 'first', ...more },
        { name: 'second', ...more },
      ],
      tags: ['first', 'second'],
      params: { first: '1', second: '2' },
    });
    const { spec } = await applied('one', {
      containers: [{ name: 'second', image: 'x' }],
      tags: ['second'],
      params: { second: '2' },
    });
    expect(spec).toEqual({
      containers: [
        { name: 'base', pull: 'Always' },
        { name: 'second', image: 'x', pull: 'Always' },
      ],
      tags: ['base', 'second'],
      params: { base: '1', second: '2' },
      size: 3,
      settings: { mode: 'slow', retries: 2 },
    });
  });

  test('a field with a default gets it again', async () => {
    await applied('one', { size: 9, color: 'red' });
    expect((await applied('one', { color: 'red' })).spec['size']).toBe(3);
  });

  test('labels and annotations', async () => {
    await post(world.widgets(), widget('a', {}, { metadata: { labels: { base: 'x' }, annotations: { base: 'x' } } }));
    const metadata = { labels: { a: 'b', c: 'd' }, annotations: { e: 'f' } };
    await apply(path, 'one', widget('a', {}, { metadata }));
    const { body } = await apply(path, 'one', widget('a', {}, { metadata: { labels: { c: 'd' } } }));
    expect(body.metadata).toMatchObject({ labels: { base: 'x', c: 'd' } });
    expect(body.metadata.annotations).toEqual({ base: 'x' });
  });

  test('keeps what another manager has applied, too', async () => {
    await applied('one', { color: 'red', text: 'x', containers: [{ name: 'main', image: 'x:1' }] });
    await applied('two', { color: 'red', containers: [{ name: 'main', image: 'x:1' }] });
    const body = await applied('one', { text: 'x' });
    expect(body.spec).toMatchObject({ color: 'red', text: 'x', containers: [{ name: 'main', image: 'x:1' }] });
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:text': {} } },
      'two Apply': {
        'f:spec': {
          'f:color': {},
          'f:containers': { 'k:{"name":"main"}': { '.': {}, 'f:name': {}, 'f:image': {} } },
        },
      },
    });
  });

  test('keeps what an update has changed since', async () => {
    await applied('one', { color: 'red', text: 'x' });
    await mergePatch(path, { spec: { text: 'y' } });
    expect((await applied('one', { color: 'red' })).spec).toMatchObject({ color: 'red', text: 'y' });
  });

  // Older servers make null of what they empty, and then refuse it.
  testSince(21, 'the last item, the last key and a whole object', async () => {
    await applied('one', {
      text: 'x',
      containers: [{ name: 'main' }],
      tags: ['a'],
      params: { a: '1' },
      owner: { name: 'a', mail: 'b' },
      free: { a: 1 },
    });
    const body = await applied('one', { text: 'x' });
    expect(body.spec).toEqual({ text: 'x', size: 3, settings: { mode: 'slow', retries: 2 } });
    expect(managers(body)).toEqual({ 'one Apply': { 'f:spec': { 'f:text': {} } } });
  });
});

describe('conflicts', () => {
  test('of one field name the manager and the field', async () => {
    await applied('one', { color: 'red' });
    const before = await live(path);
    expect(failure(await apply(path, 'two', widget('a', { color: 'blue', text: 'x' })))).toEqual(
      conflict('Apply failed with 1 conflict: conflict with "one": .spec.color', [['"one"', '.spec.color']]),
    );
    expect(await live(path)).toEqual(before);
  });

  test('of several fields of one manager are listed', async () => {
    const spec = (value: string): object => ({
      text: value,
      containers: [{ name: 'main', image: value }],
      ports: [{ port: 53, protocol: 'UDP', name: value }],
      params: { b: value },
      steps: [{ run: value }],
      args: [value],
      selector: { x: value },
    });
    await applied('one', spec('a'));
    const fields = [
      '.spec.args',
      '.spec.selector',
      '.spec.steps',
      '.spec.text',
      '.spec.containers[name="main"].image',
      '.spec.params.b',
      '.spec.ports[port=53,protocol="UDP"].name',
    ];
    expect(failure(await apply(path, 'two', widget('a', spec('b'))))).toEqual(
      conflict(`Apply failed with 7 conflicts: conflicts with "one":\n- ${fields.join('\n- ')}`, [
        ['"one"', ...fields],
      ]),
    );
  });

  test('with several managers are listed by manager', async () => {
    await applied('one', { text: 'x', color: 'red' });
    await applied('two', { color: 'red' });
    await applied('three', { color: 'red', text: 'x' });
    const message = [
      'Apply failed with 4 conflicts: conflicts with "one":',
      '- .spec.color',
      '- .spec.text',
      'conflicts with "three":',
      '- .spec.color',
      '- .spec.text',
      'conflicts with "two":',
      '- .spec.color',
    ].join('\n');
    expect(failure(await apply(path, 'four', widget('a', { color: 'blue', text: 'y' })))).toEqual(
      conflict(message.replace('4 conflicts', '5 conflicts'), [
        ['"one"', '.spec.color', '.spec.text'],
        ['"three"', '.spec.color', '.spec.text'],
        ['"two"', '.spec.color'],
      ]),
    );
  });

  test('with an update name the version it used', async () => {
    await applied('one', { text: 'x' });
    await mergePatch(`${path}?fieldManager=kubectl-edit`, { spec: { text: 'y' } });
    const owner = `"kubectl-edit" using ${group}/v1`;
    expect(failure(await apply(path, 'one', widget('a', { text: 'x' })))).toEqual(
      conflict(`Apply failed with 1 conflict: conflict with ${owner}: .spec.text`, [[owner, '.spec.text']]),
    );
  });

  test('with updates and applies at once', async () => {
    await applied('one', { color: 'red' });
    await mergePatch(`${path}?fieldManager=kubectl-edit`, { spec: { text: 'y', title: 'y' } });
    const owner = `"kubectl-edit" using ${group}/v1`;
    expect(failure(await apply(path, 'two', widget('a', { color: 'blue', text: 'x', title: 'x' })))).toEqual(
      conflict(
        `Apply failed with 3 conflicts: conflicts with ${owner}:\n- .spec.text\n- .spec.title\nconflicts with "one":\n- .spec.color`,
        [
          [owner, '.spec.text', '.spec.title'],
          ['"one"', '.spec.color'],
        ],
      ),
    );
  });

  test('of labels and annotations have their names behind a dot', async () => {
    const object = (value: string): object =>
      widget('a', {}, { metadata: { labels: { 'app.kubernetes.io/name': value }, annotations: { 'a.b/c': value } } });
    await apply(path, 'one', object('x'));
    const fields: [string, string] = ['.metadata.annotations.a.b/c', '.metadata.labels.app.kubernetes.io/name'];
    expect(failure(await apply(path, 'two', object('y')))).toEqual(
      conflict(`Apply failed with 2 conflicts: conflicts with "one":\n- ${fields.join('\n- ')}`, [
        ['"one"', ...fields],
      ]),
    );
  });

  test('do not arise where the values are the same', async () => {
    const spec = { color: 'red', args: ['x'], tags: ['a'], containers: [{ name: 'main', image: 'x' }] };
    await mergePatch(path, {});
    await create(world, 'a', spec);
    expect((await apply(path, 'one', widget('a', spec))).status).toBe(200);
    expect((await apply(path, 'two', widget('a', { tags: ['b'], containers: [{ name: 'side' }] }))).status).toBe(200);
  });

  test('force takes the fields over', async () => {
    await applied('one', { color: 'red', text: 'x' });
    const body = await applied('two', { color: 'blue' }, '&force=true');
    expect(body.spec).toMatchObject({ color: 'blue', text: 'x' });
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:text': {} } },
      'two Apply': { 'f:spec': { 'f:color': {} } },
    });
  });

  test('force=false is no force', async () => {
    await applied('one', { color: 'red' });
    expect((await apply(path, 'two', widget('a', { color: 'blue' }), '&force=false')).status).toBe(409);
  });

  test('force takes over whole lists and maps that are one value', async () => {
    await applied('one', { args: ['a'], selector: { a: '1' }, steps: [{ run: 'x' }] });
    const body = await applied('two', { args: ['a', 'b'], selector: { b: '1' }, steps: [{ run: 'y' }] }, '&force=true');
    expect(body.spec).toMatchObject({ args: ['a', 'b'], steps: [{ run: 'y', times: 1 }] });
    expect(body.spec['selector']).toEqual({ b: '1' });
    expect(managers(body)).toEqual({ 'two Apply': { 'f:spec': { 'f:args': {}, 'f:selector': {}, 'f:steps': {} } } });
  });
});

describe('requests that are refused', () => {
  const options = (field: string, reason: string, message: string): object =>
    refusal(422, 'Invalid', `PatchOptions.meta.k8s.io "" is invalid: ${field}: ${message}`, {
      group: 'meta.k8s.io',
      kind: 'PatchOptions',
      causes: [{ reason: `FieldValue${reason}`, message, field }],
    });

  test.each<[string, string, CallOptions, object]>([
    [
      'no field manager',
      '',
      { type: applyType },
      options('fieldManager', 'Required', 'Required value: is required for apply patch'),
    ],
    [
      'an empty field manager',
      '?fieldManager=',
      { type: applyType },
      options('fieldManager', 'Required', 'Required value: is required for apply patch'),
    ],
    [
      'force without apply',
      '?fieldManager=a&force=true',
      { type: 'application/merge-patch+json' },
      options('force', 'Forbidden', 'Forbidden: may not be specified for non-apply patch'),
    ],
    [
      'a line break in the field manager',
      '?fieldManager=a%0Ab',
      { type: applyType },
      options('fieldManager', 'Invalid', 'Invalid value: "a\\nb": invalid character U+000A (at position 1)'),
    ],
  ])('%s', async (_, query, more, expected) => {
    expect(failure(await call('PATCH', path + query, { body: widget('a'), ...more }))).toEqual(expected);
  });

  test('a field manager of more than 128 characters', async () => {
    expect(failure(await apply(path, 'x'.repeat(129), widget('a')))).toMatchObject({
      http: 422,
      reason: 'Invalid',
      details: { kind: 'PatchOptions', causes: [{ reason: 'FieldValueTooLong', field: 'fieldManager' }] },
    });
    expect((await apply(path, 'x'.repeat(128), widget('a'))).status).toBe(201);
  });

  test.each<[string, object, unknown]>([
    ['managedFields', { metadata: { managedFields: [] } }, 'metadata.managedFields must be nil'],
    [
      'another name',
      { metadata: { name: 'other' } },
      'the name of the object (other) does not match the name on the URL (a)',
    ],
    [
      'no name',
      { metadata: { name: undefined } },
      expect.stringMatching(/^the name of the object \(a based on URL\) was undeterminable: name must be provided$/),
    ],
    [
      'another namespace',
      { metadata: { namespace: 'other' } },
      expect.stringMatching(
        /^the namespace of the object \(other\) does not match the namespace on the (request|URL) \(/,
      ),
    ],
    [
      'another version',
      { version: 'v1beta1' },
      `Incorrect version specified in apply patch. Specified patch version: ${group}/v1beta1, expected: ${group}/v1`,
    ],
  ])('an object with %s', async (_, more, message) => {
    expect(failure(await apply(path, 'one', widget('a', {}, more)))).toEqual(badRequest(message));
  });

  test.each<[string, unknown, unknown]>([
    ['that is no YAML', '{{', expect.stringMatching(/^error decoding YAML: /)],
    ['that is a list', '[]', expect.stringMatching(/^error decoding YAML: /)],
    [
      'without an apiVersion',
      { kind: 'Widget', metadata: { name: 'a' } },
      `Incorrect version specified in apply patch. Specified patch version: , expected: ${group}/v1`,
    ],
  ])('a body %s', async (_, body, message) => {
    expect(failure(await apply(path, 'one', body))).toEqual(badRequest(message));
  });

  // The server takes these for its own failure: 500 without a reason. Newer ones also name the object in brackets.
  test.each<[string, object, string]>([
    ['an unknown field', { nope: 1 }, '.spec.nope: field not declared in schema'],
    ['an unknown field further down', { settings: { nope: 1 } }, '.spec.settings.nope: field not declared in schema'],
    ['a number for a text', { text: 1 }, '.spec.text: expected string, got &value.valueUnstructured{Value:1}'],
    ['a text for an object', { owner: 'x' }, '.spec.owner: expected map, got &{x}'],
    ['a text for a list', { args: 'x' }, '.spec.args: expected list, got &{x}'],
    [
      'two items of one key',
      { containers: [{ name: 'a' }, { name: 'a', image: 'x' }] },
      '.spec.containers: duplicate entries for key [name="a"]',
    ],
    [
      'two items whose keys are one by default',
      { ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] },
      '.spec.ports: duplicate entries for key [port=1,protocol="TCP"]',
    ],
    ['an item twice in a set', { tags: ['a', 'a'] }, '.spec.tags: duplicate entries for key [="a"]'],
    [
      'an item without its key',
      { containers: [{ image: 'x' }] },
      '.spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn\'t have default value)',
    ],
    [
      'several wrong types',
      { text: 1, title: 2 },
      'errors:\n  .spec.text: expected string, got &value.valueUnstructured{Value:1}\n  .spec.title: expected string, got &value.valueUnstructured{Value:2}',
    ],
  ])('%s is not in the schema', async (_, spec, message) => {
    const answer = await apply(path, 'one', widget('a', spec));
    expect(failure(answer)).toEqual(
      refusal(500, undefined, expect.stringMatching(/^failed to create typed patch object( \([^)]*\))?: /)),
    );
    // Several errors come in any order.
    const found = answer.body.message.replace(/^.*? typed patch object( \([^)]*\))?: /, '').split('\n');
    expect(found.sort()).toEqual(message.split('\n').sort());
    expect((await get(path)).status).toBe(404);
  });

  test('fields that nobody declared are welcome where unknown fields are kept', async () => {
    expect((await applied('one', { free: { x: { y: [1] } }, template: { other: 1 } })).spec).toMatchObject({
      free: { x: { y: [1] } },
      template: { other: 1 },
    });
  });

  test('values that break rules: 422 with all causes', async () => {
    expect(failure(await apply(path, 'one', widget('a', { size: 1000, color: 'pink' })))).toEqual(
      invalid('a', [
        ['spec.size', 'Invalid', 'Invalid value: 1000: spec.size in body should be less than or equal to 100'],
        ['spec.color', 'NotSupported', 'Unsupported value: "pink": supported values: "red", "green", "blue"'],
      ]),
    );
  });

  test('a conflict goes before rules', async () => {
    await applied('one', { size: 5 });
    expect((await apply(path, 'two', widget('a', { size: 1000 }))).status).toBe(409);
  });
});

describe('preconditions in the object', () => {
  const foreign = '11111111-1111-1111-1111-111111111111';

  test('another resourceVersion is refused, the current one is not recorded', async () => {
    const { metadata } = await applied('one', { color: 'red' });
    const object = (resourceVersion: string): object =>
      widget('a', { color: 'blue' }, { metadata: { resourceVersion } });
    expect(failure(await apply(path, 'one', object('1')))).toEqual(outdated('a'));
    const { status, body } = await apply(path, 'one', object(metadata.resourceVersion));
    expect(status).toBe(200);
    expect(managers(body)).toEqual({ 'one Apply': { 'f:spec': { 'f:color': {} } } });
  });

  test('another resourceVersion is refused even without a change', async () => {
    await applied('one', { color: 'red' });
    const object = widget('a', { color: 'red' }, { metadata: { resourceVersion: '1' } });
    expect(failure(await apply(path, 'one', object))).toEqual(outdated('a'));
  });

  test('another UID is refused as a change of what cannot change', async () => {
    const { metadata } = await applied('one', { color: 'red' });
    const message = `Invalid value: "${foreign}": field is immutable`;
    const answer = await apply(path, 'one', widget('a', { color: 'blue' }, { metadata: { uid: foreign } }));
    expect(failure(answer)).toMatchObject({ http: 422, reason: 'Invalid' });
    expect(answer.body.details?.causes?.[0]).toEqual({ reason: 'FieldValueInvalid', message, field: 'metadata.uid' });
    const right = await apply(path, 'one', widget('a', { color: 'blue' }, { metadata: { uid: metadata.uid } }));
    expect(right.status).toBe(200);
  });

  test('a UID for an absent object is refused', async () => {
    expect(failure(await apply(path, 'one', widget('a', {}, { metadata: { uid: foreign } })))).toEqual(
      refusal(
        409,
        'Conflict',
        `Operation cannot be fulfilled on widgets.${group} "a": uid mismatch: the provided object specified uid ${foreign}, and no existing object was found`,
        { name: 'a', group, kind: 'widgets' },
      ),
    );
  });
});

describe('the record of managers', () => {
  const spec = {
    size: 1,
    limits: { a: { value: 'x' } },
    args: ['x'],
    steps: [{ run: 'x' }],
    tags: ['a', 'b'],
    numbers: [1, 2],
    containers: [{ name: 'a', image: 'i', command: ['x'], resources: { cpu: '1' } }, { name: 'b"\\q' }],
    ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }],
    selector: { 'k.io/x': 'y' },
    free: { x: { y: 1 }, l: [1, { z: 2 }] },
    template: { known: { value: '1' }, other: { deep: [1] } },
    owner: { name: 'a', mail: 'b' },
  };
  const metadata = {
    labels: { 'app.io/a': 'b' },
    annotations: { 'x/y': 'z', plain: '' },
    ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: '11111111-1111-1111-1111-111111111111' }],
  };
  const owner = {
    'k:{"uid":"11111111-1111-1111-1111-111111111111"}': {
      '.': {},
      'f:apiVersion': {},
      'f:kind': {},
      'f:name': {},
      'f:uid': {},
    },
  };

  test('an apply owns what it sets: leaves, items, lists and maps that are one value', async () => {
    // Since 1.22 the references to owners are one value each.
    const references = (await minorVersion()) < 22 ? owner : { 'k:{"uid":"11111111-1111-1111-1111-111111111111"}': {} };
    const { body } = await apply(path, 'one', widget('a', spec, { metadata }));
    expect(managers(body)).toEqual({
      'one Apply': {
        'f:metadata': {
          'f:annotations': { 'f:plain': {}, 'f:x/y': {} },
          'f:labels': { 'f:app.io/a': {} },
          'f:ownerReferences': references,
        },
        'f:spec': {
          'f:args': {},
          'f:containers': {
            'k:{"name":"a"}': {
              '.': {},
              'f:command': {},
              'f:image': {},
              'f:name': {},
              'f:resources': { 'f:cpu': {} },
            },
            'k:{"name":"b\\"\\\\q"}': { '.': {}, 'f:name': {} },
          },
          'f:free': { 'f:l': {}, 'f:x': {} },
          'f:limits': { 'f:a': { '.': {}, 'f:value': {} } },
          'f:numbers': { 'v:1': {}, 'v:2': {} },
          'f:owner': { 'f:mail': {}, 'f:name': {} },
          'f:ports': {
            'k:{"port":53,"protocol":"UDP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} },
            'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} },
          },
          'f:selector': {},
          'f:size': {},
          'f:steps': {},
          'f:tags': { 'v:"a"': {}, 'v:"b"': {} },
          'f:template': { 'f:known': { 'f:value': {} }, 'f:other': { '.': {}, 'f:deep': {} } },
        },
      },
    });
  });

  test('an update owns the objects and lists around, too, and the defaults', async () => {
    const references = (await minorVersion()) < 22 ? owner : { 'k:{"uid":"11111111-1111-1111-1111-111111111111"}': {} };
    const { body } = await post(`${world.widgets()}?fieldManager=poster`, widget('a', spec, { metadata }));
    expect(body.metadata.managedFields).toHaveLength(1);
    expect(managers(body)).toEqual({
      'poster Update': {
        'f:metadata': {
          'f:annotations': { '.': {}, 'f:plain': {}, 'f:x/y': {} },
          'f:labels': { '.': {}, 'f:app.io/a': {} },
          'f:ownerReferences': { '.': {}, ...references },
        },
        'f:spec': {
          '.': {},
          'f:args': {},
          'f:containers': {
            '.': {},
            'k:{"name":"a"}': {
              '.': {},
              'f:command': {},
              'f:image': {},
              'f:name': {},
              'f:pull': {},
              'f:resources': { '.': {}, 'f:cpu': {} },
            },
            'k:{"name":"b\\"\\\\q"}': { '.': {}, 'f:name': {}, 'f:pull': {} },
          },
          'f:free': { '.': {}, 'f:l': {}, 'f:x': {} },
          'f:limits': { '.': {}, 'f:a': { '.': {}, 'f:value': {} } },
          'f:numbers': { '.': {}, 'v:1': {}, 'v:2': {} },
          'f:owner': { '.': {}, 'f:mail': {}, 'f:name': {} },
          'f:ports': {
            '.': {},
            'k:{"port":53,"protocol":"UDP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} },
            'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} },
          },
          'f:selector': {},
          'f:settings': { '.': {}, 'f:mode': {}, 'f:retries': {} },
          'f:size': {},
          'f:steps': {},
          'f:tags': { '.': {}, 'v:"a"': {}, 'v:"b"': {} },
          'f:template': { '.': {}, 'f:known': { '.': {}, 'f:value': {} }, 'f:other': { '.': {}, 'f:deep': {} } },
        },
      },
    });
  });

  // Older servers forget objects that are empty.
  testSince(22, 'an apply owns empty objects, not empty lists with keys', async () => {
    const body = await applied('one', {
      text: 'x',
      params: {},
      args: [],
      tags: [],
      containers: [{ name: 'a', resources: {} }],
    });
    expect(managers(body)).toEqual({
      'one Apply': {
        'f:spec': {
          'f:args': {},
          'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:resources': {} } },
          'f:params': {},
          'f:text': {},
        },
      },
    });
  });

  test('an update takes what it changes, and no more', async () => {
    await applied('one', { text: 'x', tags: ['a'], containers: [{ name: 'a', image: 'x' }] });
    const { body } = await mergePatch(`${path}?fieldManager=two`, {
      spec: { title: 'new', tags: ['a', 'b'], containers: [{ name: 'a', image: 'y' }] },
    });
    expect(managers(body)).toEqual({
      'one Apply': {
        'f:spec': {
          'f:text': {},
          'f:tags': { 'v:"a"': {} },
          'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {} } },
        },
      },
      'two Update': {
        'f:spec': { 'f:title': {}, 'f:tags': { 'v:"b"': {} }, 'f:containers': { 'k:{"name":"a"}': { 'f:image': {} } } },
      },
    });
  });

  test('an update without a change takes nothing', async () => {
    const before = await applied('one', { text: 'x' });
    const { body } = await mergePatch(`${path}?fieldManager=two`, { spec: { text: 'x' } });
    expect(body).toEqual(before);
  });

  test('an update that removes a field takes it from its owners', async () => {
    await applied('one', { text: 'x', title: 'y' });
    const { body } = await jsonPatch(`${path}?fieldManager=two`, [{ op: 'remove', path: '/spec/title' }]);
    expect(managers(body)).toEqual({ 'one Apply': { 'f:spec': { 'f:text': {} } } });
    expect((await applied('one', { text: 'x', title: 'y' })).spec['title']).toBe('y');
  });

  test('a replacement that keeps some of the fields leaves these to their owners', async () => {
    const { metadata: old } = await applied('one', { text: 'x', title: 'y' });
    const { body } = await put(
      `${path}?fieldManager=two`,
      widget('a', { text: 'x', color: 'red' }, { metadata: { resourceVersion: old.resourceVersion } }),
    );
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:text': {} } },
      'two Update': { 'f:spec': { 'f:color': {} } },
    });
  });

  test.each([
    ['kubectl/v1.30.0 (linux/amd64) kubernetes/abc', 'kubectl'],
    ['curl', 'curl'],
    ['two words', 'two words'],
    ['', 'unknown'],
  ])('without a field manager the user agent "%s" is "%s"', async (userAgent, manager) => {
    const headers = { 'User-Agent': userAgent };
    const { body } = await call('POST', world.widgets(), { body: widget('a', { text: 'x' }), headers });
    expect(body.metadata.managedFields?.map((entry) => entry.manager)).toEqual([manager]);
  });

  test('one manager may apply and update: two records', async () => {
    await applied('one', { text: 'x' });
    const { body } = await mergePatch(`${path}?fieldManager=one`, { spec: { title: 'y' } });
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:text': {} } },
      'one Update': { 'f:spec': { 'f:title': {} } },
    });
  });

  test('is cleared by a list of one empty record; the next apply meets what was there before', async () => {
    await applied('one', { text: 'x' });
    const { body } = await mergePatch(path, { metadata: { managedFields: [{}] } });
    expect(body.metadata.managedFields).toBeUndefined();
    const owned = `"before-first-apply" using ${group}/v1`;
    expect(failure(await apply(path, 'one', widget('a', { text: 'y' })))).toEqual(
      conflict(`Apply failed with 1 conflict: conflict with ${owned}: .spec.text`, [[owned, '.spec.text']]),
    );
    const forced = await applied('one', { text: 'y' }, '&force=true');
    expect(managers(forced)).toEqual({
      'one Apply': { 'f:spec': { 'f:text': {} } },
      'before-first-apply Update': {
        'f:spec': { '.': {}, 'f:settings': { '.': {}, 'f:mode': {}, 'f:retries': {} }, 'f:size': {} },
      },
    });
  });

  test('is not cleared by an empty list, nor by leaving it out', async () => {
    const object = await applied('one', { text: 'x' });
    const emptied = await put(path, { ...object, metadata: { ...object.metadata, managedFields: [] } });
    const left = await put(path, { ...object, metadata: { ...object.metadata, managedFields: undefined } });
    expect(emptied.body).toEqual(object);
    expect(left.body).toEqual(object);
  });
});

describe('a second version', () => {
  test('the record names the version last applied through', async () => {
    await applied('one', { size: 5, color: 'red' });
    const { status, body } = await apply(
      world.widgets('a', 'v1beta1'),
      'one',
      widget('a', { size: 6 }, { version: 'v1beta1' }),
    );
    expect([status, body.apiVersion]).toEqual([200, `${group}/v1beta1`]);
    expect(body.spec['color']).toBeUndefined();
    expect(body.metadata.managedFields).toMatchObject([{ manager: 'one', apiVersion: `${group}/v1beta1` }]);
    expect(body.metadata.managedFields).toEqual((await live(path)).metadata.managedFields);
  });

  test('conflicts reach across versions', async () => {
    await applied('one', { size: 5 });
    const other = widget('a', { size: 6 }, { version: 'v1beta1' });
    expect(failure(await apply(world.widgets('a', 'v1beta1'), 'two', other))).toEqual(
      conflict('Apply failed with 1 conflict: conflict with "one": .spec.size', [['"one"', '.spec.size']]),
    );
  });
});

describe('the status subresource', () => {
  const status = { phase: 'Up', conditions: [{ type: 'Ready', status: 'True' }] };
  const statusFields = {
    'f:phase': {},
    'f:conditions': { 'k:{"type":"Ready"}': { '.': {}, 'f:type': {}, 'f:status': {} } },
  };

  test('can be applied', async () => {
    await applied('one', { size: 5 });
    const { status: code, body } = await apply(`${path}/status`, 'two', { ...widget('a'), status });
    expect([code, body.status]).toEqual([200, status]);
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:size': {} } },
      'two Apply': { 'f:status': statusFields },
    });
  });

  test('is not created with its object', async () => {
    expect(failure(await apply(`${path}/status`, 'two', { ...widget('a'), status }))).toEqual(notFound('a'));
  });

  test('an update of it by who updates the rest', async () => {
    await create(world, 'a', { text: 'x' });
    const { body } = await mergePatch(`${path}/status`, { status: { phase: 'Up' } });
    const entries = body.metadata.managedFields?.map(({ subresource, fieldsV1 }) => ({ subresource, fieldsV1 }));
    const own = { 'f:spec': expect.anything() as unknown };
    const reported = { 'f:status': { '.': {}, 'f:phase': {} } };
    // Since 1.22 a subresource is recorded apart.
    if ((await minorVersion()) < 22) expect(entries).toEqual([{ fieldsV1: { ...own, ...reported } }]);
    else expect(entries).toEqual([{ fieldsV1: own }, { subresource: 'status', fieldsV1: reported }]);
  });

  testSince(22, 'what does not belong to the path is ignored, and not recorded', async () => {
    await applied('one', { size: 5 });
    const reported = await apply(`${path}/status`, 'two', { ...widget('a', { size: 9 }), status });
    expect(reported.body.spec['size']).toBe(5);
    const body = (await apply(path, 'one', { ...widget('a', { size: 5 }), status: { phase: 'Down' } })).body;
    expect(body.status).toEqual(status);
    expect(managers(body)).toEqual({
      'one Apply': { 'f:spec': { 'f:size': {} } },
      'two Apply': { 'f:status': statusFields },
    });
    expect(body.metadata.managedFields?.map(({ subresource }) => subresource).sort()).toEqual(['status', undefined]);
  });

  testSince(22, 'a conflict about it names the subresource', async () => {
    await applied('one', { size: 5 });
    await mergePatch(`${path}/status?fieldManager=controller`, { status: { phase: 'Up' } });
    const owned = `"controller" with subresource "status" using ${group}/v1`;
    expect(failure(await apply(`${path}/status`, 'two', { ...widget('a'), status: { phase: 'Down' } }))).toEqual(
      conflict(`Apply failed with 1 conflict: conflict with ${owned}: .status.phase`, [[owned, '.status.phase']]),
    );
  });
});
