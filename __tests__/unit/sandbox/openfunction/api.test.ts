import { isDeepStrictEqual } from 'node:util';
import type { Admin } from '../../../../scripts/control-plane/admin';
import { valueAt, type JsonRecord } from '../../../../src/record';
import type { Sandbox } from '../../../../sandbox';
import type { Release } from '../../../../sandbox/openfunction/release';
import { publishedFunctions, readGolden, readProbes, type Probe } from '../../../support/conformance';
import { functionPath, start } from '../support/cluster';

type Running = Sandbox & { admin: Admin };
type Answer = Awaited<ReturnType<Admin['request']>>;

let sandboxes: Record<Release, Running>;
beforeAll(async () => {
  const [older, newer] = await Promise.all(
    (['1.0', '1.2'] as const).map((openfunction) => start({ openfunction, controllers: false })),
  );
  if (older && newer) sandboxes = { '1.0': older, '1.2': newer };
});

/** Server-side applies a Function. */
function apply(release: Release, fn: JsonRecord, query = ''): Promise<Answer> {
  const version = String(fn['apiVersion']).replace('core.openfunction.io/', '');
  const path = `${functionPath(version)}/${String(valueAt(fn, ['metadata', 'name']))}`;
  const options = `?fieldManager=test&fieldValidation=Strict${query}`;
  return sandboxes[release].admin.request('PATCH', `${path}${options}`, fn, 'application/apply-patch+yaml');
}

async function read(version: string, name: string, release: Release = '1.2'): Promise<Answer> {
  return sandboxes[release].admin.request('GET', `${functionPath(version)}/${name}`);
}

function stored(name: string): JsonRecord | undefined {
  return sandboxes['1.2'].state.store.get('functions.core.openfunction.io', 'default', name);
}

const fn = (version: string, name: string, spec: object, annotations?: object): JsonRecord => ({
  apiVersion: `core.openfunction.io/${version}`,
  kind: 'Function',
  metadata: { name, ...(annotations && { annotations }) },
  spec: { version: 'v1.0.0', image: 'example.com/f:v1', ...spec },
});

const component = { type: 'bindings.kafka', version: 'v1', metadata: [] };
const gatewayRef = { name: 'openfunction', namespace: 'openfunction' };
const broken = (kind: string, version: string): string =>
  `Internal error occurred: conversion webhook for core.openfunction.io/${version}, Kind=${kind} failed: ` +
  'Post "https://openfunction-webhook-service.openfunction.svc:443/convert?timeout=30s": EOF';

describe('two versions of a Function', () => {
  const serving = {
    runtime: 'async',
    inputs: [{ name: 'in', component: 'topic', topic: 't' }],
    bindings: { topic: component },
  };

  test('a v1beta1 Function is stored as v1beta2 and can be read as both', async () => {
    expect((await apply('1.2', fn('v1beta1', 'both', { serving }))).status).toBe(201);
    const newer = {
      version: 'v1.0.0',
      image: 'example.com/f:v1',
      workloadRuntime: 'OCIContainer',
      serving: {
        triggers: { dapr: [{ name: 'topic', type: 'bindings.kafka', topic: 't', inputName: 'in' }] },
        bindings: { topic: component },
      },
    };
    expect(stored('both')).toMatchObject({ apiVersion: 'core.openfunction.io/v1beta2', spec: newer });
    expect((await read('v1beta2', 'both')).body['spec']).toEqual(newer);
    expect((await read('v1beta1', 'both')).body).toMatchObject({
      apiVersion: 'core.openfunction.io/v1beta1',
      spec: { version: 'v1.0.0', serving },
    });
  });

  test('a v1beta2 Function can be read as v1beta1', async () => {
    const spec = { serving: { triggers: { http: { port: 3000 } }, workloadType: 'Deployment' } };
    await apply('1.2', fn('v1beta2', 'newer', spec));
    const { body } = await read('v1beta1', 'newer');
    expect(body['spec']).toEqual({
      version: 'v1.0.0',
      image: 'example.com/f:v1',
      workloadRuntime: 'OCIContainer',
      port: 3000,
      route: { gatewayRef },
      serving: { runtime: 'knative' },
    });
  });

  test('a v1beta1 read of the status loses reason, message and addresses', async () => {
    await apply('1.2', fn('v1beta2', 'status', { serving: {} }));
    const status = {
      build: {
        state: 'Failed',
        resourceHash: '1',
        reason: 'BuildRunTimeout',
        message: 'too slow',
        buildDuration: '9s',
      },
      serving: { state: 'Running', resourceRef: 'serving-abcde' },
      addresses: [{ type: 'Internal', value: 'http://status.default.svc.cluster.local/' }],
      route: { hosts: ['status.default.ofn.io'] },
    };
    const path = `${functionPath()}/status/status`;
    const { status: code } = await sandboxes['1.2'].admin.request(
      'PATCH',
      path,
      { status },
      'application/merge-patch+json',
    );
    expect(code).toBe(200);
    expect((await read('v1beta2', 'status')).body['status']).toEqual(status);
    expect((await read('v1beta1', 'status')).body['status']).toEqual({
      build: { state: 'Failed', resourceHash: '1' },
      serving: { state: 'Running', resourceRef: 'serving-abcde' },
    });
  });

  test('release 1.0 does not know v1beta2', async () => {
    const answer = await apply('1.0', fn('v1beta2', 'newer', { serving: {} }));
    expect([answer.status, answer.body]).toEqual([404, { text: '404 page not found\n' }]);
    const { body } = await sandboxes['1.0'].admin.request('GET', '/apis/core.openfunction.io');
    expect(body['versions']).toEqual([{ groupVersion: 'core.openfunction.io/v1beta1', version: 'v1beta1' }]);
  });

  test('release 1.2 prefers v1beta2', async () => {
    const { body } = await sandboxes['1.2'].admin.request('GET', '/apis/core.openfunction.io');
    expect(body).toMatchObject({
      versions: [{ version: 'v1beta2' }, { version: 'v1beta1' }],
      preferredVersion: { version: 'v1beta2' },
    });
  });
});

describe('defaults', () => {
  const http = { port: 8080, route: { gatewayRef } };

  test.each<[string, JsonRecord, JsonRecord]>([
    ['a version', { version: undefined, serving: {} }, { version: 'latest', serving: { triggers: { http } } }],
    ['an http trigger', { serving: { triggers: {} } }, { serving: { triggers: { http } } }],
    ['a port', { serving: { triggers: { http: { port: 0 } } } }, { serving: { triggers: { http } } }],
    ['the workload runtime', { serving: {} }, { workloadRuntime: 'OCIContainer' }],
    [
      'what WebAssembly needs',
      { workloadRuntime: 'WasmEdge', serving: { template: { containers: [] } } },
      {
        serving: {
          annotations: { 'module.wasm.image/variant': 'compat-smart' },
          template: { runtimeClassName: 'openfunction-crun' },
        },
      },
    ],
  ])('of release 1.2: %s', async (_title, spec, expected) => {
    const { body } = await apply('1.2', fn('v1beta2', 'defaulted', spec), '&dryRun=All');
    expect(body['spec']).toMatchObject(expected);
  });

  test('an async v1beta1 Function without inputs becomes one over HTTP', async () => {
    const { body } = await apply('1.2', fn('v1beta1', 'async', { serving: { runtime: 'async' } }), '&dryRun=All');
    expect(body['spec']).toMatchObject({ port: 8080, route: { gatewayRef }, serving: { runtime: 'knative' } });
  });

  test.each<[string, JsonRecord, JsonRecord]>([
    ['knative', { serving: { runtime: 'knative' } }, { port: 8080, route: { gatewayRef } }],
    ['async', { serving: { runtime: 'async' } }, { port: 8080, serving: { runtime: 'async' } }],
  ])('of release 1.0: %s', async (_title, spec, expected) => {
    const { body } = await apply('1.0', fn('v1beta1', 'defaulted', spec), '&dryRun=All');
    expect(body['spec']).toMatchObject(expected);
  });
});

describe('the published Functions', () => {
  const published = publishedFunctions().map(({ file, manifest }) => {
    const { namespace: _namespace, ...metadata } = manifest.metadata;
    const name = file.replace('.yaml', '');
    return { file, name, manifest: { ...manifest, metadata: { ...metadata, name } } };
  });

  /** Each apply of these is a change for release 1.2, since its conversion drops or rewrites something. */
  const rewritten: Readonly<Record<string, string>> = {
    'function-front--2b7371.yaml': 'the annotation of plugins',
    'function-front--5487c2.yaml': 'the annotation of plugins',
    'function-sample--8d84bd.yaml': 'the timeout of the build',
    'function-sample--b51a39.yaml': 'the timeout of the build',
    'function-sample-build-only--d49131.yaml': 'the timeout of the build',
    'trigger-target--9b6d8c.yaml': 'the port of an async function',
  };

  const testPublished =
    published.length === 0 ? test.skip.each([{ file: 'all', name: '', manifest: {} }]) : test.each(published);

  testPublished('release 1.0 takes $file, and the same again changes nothing', async ({ manifest }) => {
    const first = await apply('1.0', manifest);
    expect([first.status, first.body['message']]).toEqual([201, undefined]);
    expect(await apply('1.0', manifest)).toEqual({ ...first, status: 200 });
  });

  testPublished('release 1.2 converts $file as OpenFunction does', async ({ file, name, manifest }) => {
    const { status, body } = await apply('1.2', manifest);
    expect([status, body['message']]).toEqual([201, undefined]);
    expect(stored(name)).toMatchObject({ spec: readGolden(file)['spec'] });
  });

  testPublished('$file again changes nothing, unless something is lost', async ({ file, name, manifest }) => {
    const before = stored(name);
    expect((await apply('1.2', manifest)).status).toBe(200);
    const after = stored(name);
    const isSame = isDeepStrictEqual(before, after);
    expect(isSame).toBe(rewritten[file] === undefined);
    expect(after?.['spec']).toEqual(before?.['spec']);
  });
});

describe('the verdicts of the webhooks', () => {
  /** What the answer to a probe must be: its status and message. */
  function expectedOf(release: Release, { name, convertPanic, ...probe }: Probe): [number, unknown] {
    const isNewer = name.startsWith('v1beta2/');
    if (release === '1.0' && isNewer) return [404, undefined];
    if (release === '1.2' && convertPanic === true) return [500, broken('Function', 'v1beta1')];
    const verdict = release === '1.0' ? probe['webhook_v1.0.0'] : probe['webhook_v1.2.0'];
    if (verdict === 'ok') return [201, undefined];
    return (
      exceptionsOf(release)[name] ?? [
        403,
        `admission webhook "vfunctions.of.io" denied the request: ${String(verdict)}`,
      ]
    );
  }

  /** What does not get as far as the webhooks. */
  function exceptionsOf(release: Release): Readonly<Record<string, [number, string]>> {
    const unit = 'time: unknown unit " minutes" in duration "5 minutes"';
    return release === '1.0'
      ? {
          'v1beta1/build-timeout-bad': [400, `admission webhook "mfunctions.of.io" denied the request: ${unit}`],
          'v1beta1/runtime-bad': [
            422,
            'Function.core.openfunction.io "probe" is invalid: spec.serving.runtime: Unsupported value: "Knative": supported values: "knative", "async"',
          ],
        }
      : {
          'v1beta1/build-timeout-bad': [
            500,
            `Internal error occurred: conversion webhook for core.openfunction.io/v1beta1, Kind=Function failed: ${unit}`,
          ],
        };
  }

  const probes = readProbes();
  const cases = (['1.0', '1.2'] as const).flatMap((release) =>
    probes.map((probe) => ({ release, name: probe.name, probe })),
  );
  const testProbes =
    cases.length === 0
      ? test.skip.each([{ release: '1.0' as const, name: 'all', probe: undefined }])
      : test.each(cases);

  testProbes('of release $release about $name', async ({ release, probe }) => {
    if (!probe) return;
    const version = probe.name.split('/')[0];
    const metadata = { ...(probe.input['metadata'] as object), name: 'probe', namespace: undefined };
    const { status, body } = await sandboxes[release].admin.request('POST', `${functionPath(version)}?dryRun=All`, {
      ...probe.input,
      metadata,
    });
    expect([status, body['message']]).toEqual(expectedOf(release, probe));
  });

  test('a denial carries its reason alone, too', async () => {
    const { body } = await apply('1.2', fn('v1beta2', 'denied', {}));
    const reason = 'spec.serving: Required value: must be specified when `spec.build` is not enabled';
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `admission webhook "vfunctions.of.io" denied the request: ${reason}`,
      reason,
      code: 403,
    });
  });
});

describe('conversions that panic', () => {
  test('of params without shipwright', async () => {
    const build = { builder: 'b', srcRepo: { url: 'u' }, params: { a: '1' } };
    const { status, body } = await apply('1.2', fn('v1beta1', 'params', { build }));
    expect([status, body['message']]).toEqual([500, broken('Function', 'v1beta1')]);
    expect(stored('params')).toBeUndefined();
  });

  test('one such object breaks each list of v1beta1, and none of v1beta2', async () => {
    const list = (version: string, namespace: string): Promise<Answer> =>
      sandboxes['1.2'].admin.request('GET', functionPath(version, namespace));
    const bundle = { builder: 'b', srcRepo: { bundleContainer: { image: 'example.com/source:v1' } } };
    const { admin } = sandboxes['1.2'];
    await admin.request('POST', '/api/v1/namespaces', { metadata: { name: 'bundles' } });
    for (const [name, build] of Object.entries({ good: { builder: 'b', srcRepo: { url: 'u' } }, bad: bundle })) {
      const { status } = await admin.request(
        'POST',
        functionPath('v1beta2', 'bundles'),
        fn('v1beta2', name, { build }),
      );
      expect(status).toBe(201);
    }
    const [older, newer] = await Promise.all([list('v1beta1', 'bundles'), list('v1beta2', 'bundles')]);
    expect([older.status, older.body['message']]).toEqual([500, broken('Function', 'v1beta2')]);
    expect([newer.status, (newer.body['items'] as unknown[]).length]).toEqual([200, 2]);
    const good = await admin.request('GET', `${functionPath('v1beta1', 'bundles')}/good`);
    expect(good.status).toBe(200);
  });
});
