import { call, get, jsonPatch, mergePatch, post } from './support/client';
import { group, installTypes } from './support/crds';
import {
  badRequest,
  create,
  failure,
  invalid,
  minorVersion,
  newWorld,
  refusal,
  testSince,
  widget,
  type World,
} from './support/world';

const defaults = { size: 3, settings: { retries: 2, mode: 'slow' } };

let world: World;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
});

const wrongType = (field: string, expected: string, actual: string): [string, string, string] => [
  field,
  'Invalid',
  `Invalid value: "${actual}": ${field} in body must be of type ${expected}: "${actual}"`,
];

describe('what breaks the schema is refused, field by field', () => {
  test.each<[string, object, [string, string, string][]]>([
    ['a field that is missing', { owner: { name: 'x' } }, [['spec.owner.mail', 'Required', 'Required value']]],
    [
      'all fields that are missing',
      { owner: {} },
      [
        ['spec.owner.mail', 'Required', 'Required value'],
        ['spec.owner.name', 'Required', 'Required value'],
      ],
    ],
    [
      'a value that is not in the list',
      { color: 'pink' },
      [['spec.color', 'NotSupported', 'Unsupported value: "pink": supported values: "red", "green", "blue"']],
    ],
    ['a number for a text', { text: 1 }, [wrongType('spec.text', 'string', 'integer')]],
    ['an object for a text', { text: { a: 1 } }, [wrongType('spec.text', 'string', 'object')]],
    ['a text for a whole number', { size: 'x' }, [wrongType('spec.size', 'integer', 'string')]],
    ['a fraction for a whole number', { size: 1.5 }, [wrongType('spec.size', 'integer', 'number')]],
    ['a text for a number', { ratio: 'x' }, [wrongType('spec.ratio', 'number', 'string')]],
    ['a text for a boolean', { enabled: 'yes' }, [wrongType('spec.enabled', 'boolean', 'string')]],
    ['a text for an object', { owner: 'x' }, [wrongType('spec.owner', 'object', 'string')]],
    ['a list for an object', { owner: [] }, [wrongType('spec.owner', 'object', 'array')]],
    ['a text for a list', { args: 'x' }, [wrongType('spec.args', 'array', 'string')]],
    ['a number in a map of texts', { params: { a: 1 } }, [wrongType('spec.params.a', 'string', 'integer')]],
    [
      'too small a number',
      { size: 0 },
      [['spec.size', 'Invalid', 'Invalid value: 0: spec.size in body should be greater than or equal to 1']],
    ],
    [
      'too large a number',
      { size: 101 },
      [['spec.size', 'Invalid', 'Invalid value: 101: spec.size in body should be less than or equal to 100']],
    ],
    [
      'a text that does not match',
      { title: 'ABC' },
      [['spec.title', 'Invalid', `Invalid value: "ABC": spec.title in body should match '^[a-z]*$'`]],
    ],
    ['an item twice in a set', { tags: ['a', 'a'] }, [['spec.tags[1]', 'Duplicate', 'Duplicate value: "a"']]],
    [
      'several at once',
      { size: 0, color: 'pink', owner: { name: 1 } },
      [
        ['spec.size', 'Invalid', 'Invalid value: 0: spec.size in body should be greater than or equal to 1'],
        ['spec.color', 'NotSupported', 'Unsupported value: "pink": supported values: "red", "green", "blue"'],
        wrongType('spec.owner.name', 'string', 'integer'),
        ['spec.owner.mail', 'Required', 'Required value'],
      ],
    ],
  ])('%s', async (_, spec, causes) => {
    expect(failure(await post(world.widgets(), widget('a', spec)))).toEqual(invalid('a', causes));
    expect((await get(world.widgets('a'))).status).toBe(404);
  });

  test.each<[string, object, RegExp, string, RegExp]>([
    // Newer servers name the position in a list: `spec.args[0]`.
    [
      'a number in a list of texts',
      { args: [1] },
      /^spec\.args(\[0\])?$/,
      'Invalid',
      /^Invalid value: "integer": spec\.args(\[0\])? in body must be of type string: "integer"$/,
    ],
    [
      'null in a list of texts',
      { args: [null] },
      /^spec\.args(\[0\])?$/,
      'Invalid',
      /^Invalid value: "null": spec\.args(\[0\])? in body must be of type string: "null"$/,
    ],
    [
      'a field that is missing in a list',
      { containers: [{ image: 'x' }] },
      /^spec\.containers(\[0\])?\.name$/,
      'Required',
      /^Required value$/,
    ],
    // Newer servers write the value as JSON.
    [
      'a key twice in a list',
      { containers: [{ name: 'a' }, { name: 'a' }] },
      /^spec\.containers\[1\]$/,
      'Duplicate',
      /^Duplicate value: .*\{"name": ?"a"\}$/,
    ],
    [
      'a key twice in a list, by default',
      { ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] },
      /^spec\.ports\[1\]$/,
      'Duplicate',
      /^Duplicate value: .*"port": ?1, ?"protocol": ?"TCP"\}$/,
    ],
  ])('%s', async (_, spec, field, reason, message) => {
    const answer = await post(world.widgets(), widget('a', spec));
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      details: {
        name: 'a',
        group,
        kind: 'Widget',
        causes: [
          {
            field: expect.stringMatching(field) as string,
            reason: `FieldValue${reason}`,
            message: expect.stringMatching(message) as string,
          },
        ],
      },
    });
  });

  test('too long a text, too long a list: old servers call these invalid', async () => {
    const old = (await minorVersion()) < 25;
    const text = await post(world.widgets(), widget('a', { title: 'abcdefghijk' }));
    expect(failure(text)).toEqual(
      invalid('a', [
        old
          ? [
              'spec.title',
              'Invalid',
              'Invalid value: "abcdefghijk": spec.title in body should be at most 10 chars long',
            ]
          : ['spec.title', 'TooLong', 'Too long: may not be longer than 10'],
      ]),
    );
    const list = await post(world.widgets(), widget('a', { args: ['1', '2', '3', '4'] }));
    expect(failure(list)).toEqual(
      invalid('a', [
        old
          ? ['spec.args', 'Invalid', 'Invalid value: 4: spec.args in body should have at most 3 items']
          : ['spec.args', 'TooMany', 'Too many: 4: must have at most 3 items'],
      ]),
    );
  });

  test('a spec that is no object', async () => {
    expect(failure(await post(world.widgets(), { ...widget('a'), spec: 'x' }))).toEqual(
      invalid('a', [wrongType('spec', 'object', 'string')]),
    );
  });

  test('metadata that is no object', async () => {
    expect(failure(await post(world.widgets(), { ...widget('a'), metadata: 'x' }))).toEqual(
      badRequest(expect.stringMatching(/^Widget in version "v1" cannot be handled as a Widget: /)),
    );
  });

  test('by a patch, too', async () => {
    await create(world, 'a', {});
    const expected = invalid('a', [
      ['spec.size', 'Invalid', 'Invalid value: 1000: spec.size in body should be less than or equal to 100'],
    ]);
    expect(failure(await mergePatch(world.widgets('a'), { spec: { size: 1000 } }))).toEqual(expected);
    const patch = [{ op: 'replace', path: '/spec/size', value: 1000 }];
    expect(failure(await jsonPatch(world.widgets('a'), patch))).toEqual(expected);
  });

  test('in the status, by its subresource', async () => {
    await create(world, 'a');
    expect(failure(await mergePatch(`${world.widgets('a')}/status`, { status: { phase: 1 } }))).toEqual(
      invalid('a', [wrongType('status.phase', 'string', 'integer')]),
    );
  });
});

describe('unknown fields', () => {
  test('are dropped without a word, but where they are kept on purpose', async () => {
    const { spec, ...rest } = await create(world, 'a', {
      nope: 1,
      settings: { nope: 2, inner: { nope: 3 } },
      containers: [{ name: 'x', nope: 4 }],
      limits: { a: { nope: 5, value: 'v' } },
      free: { kept: 6 },
      template: { kept: { deep: 7 }, known: { nope: 8, value: 'x' } },
    });
    expect(spec).toEqual({
      size: 3,
      settings: { retries: 2, mode: 'slow', inner: { depth: 1 } },
      containers: [{ name: 'x', pull: 'Always' }],
      limits: { a: { value: 'v' } },
      free: { kept: 6 },
      template: { kept: { deep: 7 }, known: { value: 'x' } },
    });
    expect(Object.keys(rest).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
  });

  test('at the root, in the metadata and by a patch are dropped, too', async () => {
    const { body } = await post(world.widgets(), { ...widget('a', {}, { metadata: { nope: 1 } }), nope: 1 });
    expect([body['nope'], (body.metadata as { nope?: unknown }).nope]).toEqual([undefined, undefined]);
    const patched = await mergePatch(world.widgets('a'), { spec: { nope: 1 }, nope: 1 });
    expect(patched.status).toBe(200);
    expect(patched.body).toEqual(body);
  });

  test('a field twice: the last one counts', async () => {
    const text = `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":4,"size":5}}`;
    expect((await call('POST', world.widgets(), { body: text })).body.spec['size']).toBe(5);
  });
});

describe('fieldValidation', () => {
  test.each(['Ignore', 'Warn'])('%s lets unknown fields pass', async (mode) => {
    const answer = await post(`${world.widgets()}?fieldValidation=${mode}`, widget('a', { nope: 1 }));
    expect([answer.status, answer.body.spec]).toEqual([201, defaults]);
  });

  testSince(27, 'Strict refuses unknown fields, all of them at once', async () => {
    const spec = { nope: 1, settings: { other: 1 } };
    const answer = await post(`${world.widgets()}?fieldValidation=Strict`, widget('a', spec));
    expect(failure(answer)).toEqual(badRequest(expect.any(String)));
    const prefix = 'Widget in version "v1" cannot be handled as a Widget: strict decoding error: ';
    expect(answer.body.message.slice(0, prefix.length)).toBe(prefix);
    expect(answer.body.message.slice(prefix.length).split(', ').sort()).toEqual([
      'unknown field "spec.nope"',
      'unknown field "spec.settings.other"',
    ]);
    expect((await get(world.widgets('a'))).status).toBe(404);
  });

  testSince(27, 'Strict refuses unknown fields of a patch as an invalid patch', async () => {
    await create(world, 'a');
    const answer = await mergePatch(`${world.widgets('a')}?fieldValidation=Strict`, { spec: { nope: 1 } });
    expect(failure(answer)).toEqual(
      refusal(
        422,
        'Invalid',
        expect.stringMatching(
          /^ "" is invalid: patch: Invalid value: ".*": strict decoding error: unknown field "spec\.nope"$/s,
        ),
        { causes: [expect.objectContaining({ reason: 'FieldValueInvalid', field: 'patch' })] },
      ),
    );
  });

  testSince(27, 'Warn, which is the default, names unknown fields in a header', async () => {
    for (const [name, query] of [
      ['a', ''],
      ['b', '?fieldValidation=Warn'],
    ]) {
      const { status, headers } = await post(`${world.widgets()}${query}`, widget(name, { nope: 1 }));
      expect([status, headers['warning']]).toEqual([201, '299 - "unknown field \\"spec.nope\\""']);
    }
    const { headers } = await post(`${world.widgets()}?fieldValidation=Ignore`, widget('c', { nope: 1 }));
    expect(headers['warning']).toBeUndefined();
  });

  testSince(27, 'an unknown way to validate is refused', async () => {
    const answer = await post(`${world.widgets()}?fieldValidation=Perhaps`, widget('a'));
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringMatching(
        /^CreateOptions\.meta\.k8s\.io "" is invalid: fieldValidation: Unsupported value: "?Perhaps/,
      ) as string,
      details: { kind: 'CreateOptions', causes: [{ reason: 'FieldValueNotSupported', field: 'fieldValidation' }] },
    });
  });
});

describe('defaults', () => {
  test('are set in objects that are there, in objects with a default, and in items', async () => {
    const { spec } = await create(world, 'a', {
      settings: { inner: {} },
      containers: [{ name: 'a' }],
      steps: [{}, { times: 4 }],
      ports: [{ port: 1 }],
    });
    expect(spec).toEqual({
      size: 3,
      settings: { retries: 2, mode: 'slow', inner: { depth: 1 } },
      containers: [{ name: 'a', pull: 'Always' }],
      steps: [{ times: 1 }, { times: 4 }],
      ports: [{ port: 1, protocol: 'TCP' }],
    });
  });

  test('are not set without the object around', async () => {
    expect((await create(world, 'a')).spec).toBeUndefined();
    expect((await create(world, 'b', {})).spec).toEqual(defaults);
  });

  test('come back when a patch removes a value', async () => {
    await create(world, 'a', { size: 9, settings: { mode: 'fast', label: 'x' } });
    const { body } = await mergePatch(world.widgets('a'), { spec: { size: null, settings: { mode: null } } });
    expect(body.spec).toEqual({ size: 3, settings: { retries: 2, mode: 'slow', label: 'x' } });
    expect((await mergePatch(world.widgets('a'), { spec: { settings: null } })).body.spec).toEqual(defaults);
  });

  test('are set in the items of a patch', async () => {
    await create(world, 'a');
    const { body } = await mergePatch(world.widgets('a'), { spec: { containers: [{ name: 'b' }] } });
    expect(body.spec['containers']).toEqual([{ name: 'b', pull: 'Always' }]);
  });
});

describe('null', () => {
  test('stays where it is allowed', async () => {
    expect((await create(world, 'a', { note: null })).spec).toEqual({ ...defaults, note: null });
    expect((await create(world, 'b', { free: { a: null } })).spec).toEqual({ ...defaults, free: { a: null } });
  });

  test.each<[string, object]>([
    ['a text', { text: null }],
    ['a number with a default', { size: null }],
    ['an object with a default', { settings: null }],
    ['an object with required fields', { owner: null }],
    ['a list', { args: null }],
  ])('for %s is the same as nothing', async (_, spec) => {
    expect((await create(world, 'a', spec)).spec).toEqual(defaults);
  });

  test('in an item and in a map is the same as nothing', async () => {
    const { spec } = await create(world, 'a', {
      containers: [{ name: 'a', image: null, pull: null }],
      params: { a: null },
    });
    expect(spec).toEqual({ ...defaults, containers: [{ name: 'a', pull: 'Always' }], params: {} });
  });

  test('for the whole spec is the same as nothing', async () => {
    const { status, body } = await post(world.widgets(), { ...widget('a'), spec: null });
    expect([status, body.spec]).toEqual([201, undefined]);
  });
});

describe('a number or a text', () => {
  const sockets = (): string => `/apis/${group}/v1/namespaces/${world.namespace}/sockets`;
  const socket = (spec: object): object => ({
    apiVersion: `${group}/v1`,
    kind: 'Socket',
    metadata: { name: 'a' },
    spec,
  });

  test.each([80, 'http', '80'])('may be %j', async (port) => {
    const { status, body } = await post(sockets(), socket({ port }));
    expect([status, body.spec]).toEqual([201, { port }]);
  });

  test.each([
    [true, 'boolean'],
    [1.5, 'number'],
    [{}, 'object'],
  ])('may not be %j', async (port, type) => {
    const message = `Invalid value: "${type}": spec.port in body must be of type integer,string: "${type}"`;
    expect(failure(await post(sockets(), socket({ port })))).toEqual(
      invalid('a', [['spec.port', 'Invalid', message]], 'Socket'),
    );
  });

  test('may have a pattern, which is for texts', async () => {
    expect((await post(sockets(), socket({ limit: '80m' }))).status).toBe(201);
    const message = `Invalid value: "x": spec.limit in body should match '^[0-9]+m?$'`;
    expect(failure(await post(`${sockets()}?dryRun=All`, socket({ limit: 'x' })))).toEqual(
      invalid('a', [['spec.limit', 'Invalid', message]], 'Socket'),
    );
  });
});
