import { rmSync } from 'node:fs';
import type { Admin } from '../../scripts/control-plane/admin';
import { toFunction } from '../../src/function/manifest';
import type { FunctionManifest } from '../../src/function/types';
import { toV1beta2 } from '../../src/function/v1beta2';
import { releaseFields, releases, type Release } from '../../src/releases';
import { valueAt } from '../../src/record';
import { admin, hasV1beta2, hello, newProject, openfunction, type Project } from '../support/cluster';
import { publishedFunctions, testEach, toProps } from '../support/conformance';

const on12 = hasV1beta2 ? test : test.skip;
if (!hasV1beta2) console.warn(`SKIPPED: OpenFunction ${openfunction} has no v1beta2; run with OPENFUNCTION=v1.2.0.`);

const release = releases.find((known) => openfunction.startsWith(`v${known}.`)) as Release;

async function refusalOf(to: Admin, fn: FunctionManifest): Promise<string | undefined> {
  const path = `/apis/${fn.apiVersion}/namespaces/default/functions/${fn.metadata.name}`;
  const query = '?dryRun=All&fieldManager=test&force=true';
  const { status, body } = await to.request('PATCH', path + query, fn, 'application/apply-patch+yaml');
  return status < 300 ? undefined : String(body['message']);
}

/** Whether a release lacks a field that is used: the rules tell it before. */
function usesUnknownField({ spec }: FunctionManifest): boolean {
  return releaseFields.some(({ keys, range }) => !range.includes(release) && valueAt(spec, keys) !== undefined);
}

describe('published Functions', () => {
  const published = publishedFunctions().map((fn) => [fn.file, fn] as const);

  testEach(`%s: as v1beta1 it is accepted by the server of OpenFunction ${openfunction}`, published, async (fn) => {
    const { metadata, spec } = fn.manifest;
    const written = toFunction(toProps(fn), { name: metadata.name });
    expect(written.spec).toEqual(spec);
    const refusal = await refusalOf(admin, written);
    if (usesUnknownField(written)) expect(refusal ?? 'field not declared in schema').toContain('field not declared');
    // What OpenFunction itself panics over is what v1beta2 is for.
    else if (hasV1beta2 && refusal !== undefined) expect(refusal).toContain('conversion webhook');
    else expect(refusal).toBeUndefined();
  });

  if (!hasV1beta2) return;
  testEach('%s: as v1beta2 it is accepted', published, async (fn) => {
    const written = toFunction(toProps(fn), { name: fn.manifest.metadata.name });
    expect(await refusalOf(admin, toV1beta2(written))).toBeUndefined();
  });
});

/** As v1beta2. */
async function live(project: Project, name = 'hello'): Promise<Record<string, unknown>> {
  const path = `/apis/core.openfunction.io/v1beta2/namespaces/${project.namespace}/functions/${name}`;
  return (await admin.request('GET', path)).body;
}

function managers(fn: unknown): string[] {
  const entries = valueAt(fn, ['metadata', 'managedFields']) as { manager: string; apiVersion: string }[];
  return entries.map(({ manager, apiVersion }) => `${manager} ${apiVersion.replace(/.*\//, '')}`);
}

const build = (more: object): object => ({
  imageCredentials: { name: 'push-secret' },
  build: {
    builder: 'openfunction/builder-go:v2.4.0-1.17',
    env: { FUNC_NAME: 'Hello' },
    srcRepo: { url: 'https://github.com/me/hello.git' },
    ...more,
  },
});

const quick = ['--no-wait', '--no-preflight'];

describe('of itself', () => {
  on12('what v1beta1 would lose is applied as v1beta2, and so it stays', async () => {
    const params = { RUN_IMAGE: 'r', BASH_IMAGE: 'b' };
    const project = await newProject({ hello: hello(build({ timeout: '10m', params })) });
    const first = await project.s('deploy', ...quick);
    expect(first.output).toContain(
      'Function "hello" is applied as core.openfunction.io/v1beta2: of v1beta1, OpenFunction 1.1 and later would lose build.timeout and build.params.',
    );
    expect(await live(project)).toMatchObject({
      spec: {
        build: {
          timeout: '10m0s',
          shipwright: {
            params: [
              { name: 'BASH_IMAGE', value: 'b' },
              { name: 'RUN_IMAGE', value: 'r' },
            ],
          },
        },
      },
    });
    const { metadata } = await live(project);
    expect((await project.s('deploy', ...quick)).output).toContain('Function "hello" unchanged');
    expect((await project.s('plan', '--no-preflight')).output).toContain('would stay as it is');
    expect((await live(project))['metadata']).toEqual(metadata);

    project.write({ hello: hello(build({})) });
    const simpler = await project.s('deploy', ...quick);
    expect(simpler.output).toContain('is applied as core.openfunction.io/v1beta2: it was applied so before.');
    expect(await live(project)).not.toHaveProperty('spec.build.timeout');
    expect(await live(project)).not.toHaveProperty('spec.build.shipwright');
    expect(managers(await live(project))).toEqual(['serverless-devs-ofn v1beta2']);
  });

  on12('what was applied as v1beta2 is found out where nothing is remembered of it', async () => {
    const serving = {
      runtime: 'async',
      inputs: [{ name: 'in', component: 'cron' }],
      bindings: {
        cron: { type: 'bindings.cron', version: 'v1', metadata: [{ name: 'schedule', value: '@every 9s' }] },
      },
      template: { containers: [{ name: 'function' }] },
    };
    const scaled = {
      ...serving,
      triggers: [{ type: 'kafka', metadata: { topic: 't' } }],
      scaleOptions: { keda: { scaledJob: { restartPolicy: 'Never' } } },
    };
    const project = await newProject({ hello: hello({ serving: scaled }) });
    expect((await project.s('deploy', ...quick)).exitCode).toBe(0);
    rmSync(`${project.folder}/.s`, { recursive: true });
    project.write({ hello: hello({ serving }) });
    const simpler = await project.s('deploy', ...quick);
    expect(simpler.output).toContain('is applied as core.openfunction.io/v1beta2: it was applied so before.');
    expect(simpler.exitCode).toBe(0);
    expect(await live(project)).not.toHaveProperty('spec.serving.scaleOptions.keda');
  });

  on12('what v1beta1 can say is applied as v1beta1', async () => {
    const project = await newProject({ hello: hello() });
    const { output } = await project.s('deploy', ...quick);
    expect(output).not.toContain('v1beta2');
    expect(managers(await live(project))).toEqual(['serverless-devs-ofn v1beta1']);
  });

  on12('a change of version takes along who has set what', async () => {
    const before = { ...build({ env: { FUNC_NAME: 'Hello', OLD: 'x' } }), labels: { team: 'a', old: 'b' } };
    const project = await newProject({ hello: hello(before) });
    await project.s('deploy', ...quick);
    await project.patch('hello', {
      metadata: { labels: { theirs: 'x' } },
      spec: { serving: { scaleOptions: { minReplicas: 1 } } },
    });
    expect(managers(await live(project))).toContain('serverless-devs-ofn v1beta1');

    // OpenFunction's conversion panics over it, in both directions.
    const bundle = { bundleContainer: { image: 'registry.example.com/me/hello:source' } };
    project.write({ hello: hello({ ...build({ srcRepo: bundle, timeout: '5m' }), labels: { team: 'b' } }) });
    const planned = await project.s('plan', '--no-preflight');
    expect(planned.output).toContain('+    timeout: 5m0s');
    expect(planned.output).toContain('-      OLD: x');
    expect(planned.output).toContain('would be applied in another version for the first time');
    const deployed = await project.s('deploy', ...quick);
    expect(deployed.output).toContain('Function "hello" updated');
    const after = await live(project);
    expect(after).toMatchObject({
      metadata: { labels: { team: 'b', theirs: 'x' } },
      spec: { build: { timeout: '5m0s', srcRepo: bundle }, serving: { scaleOptions: { minReplicas: 1 } } },
    });
    for (const gone of ['metadata.labels.old', 'spec.build.env.OLD', 'spec.build.srcRepo.url']) {
      expect(after).not.toHaveProperty(gone);
    }
    expect(managers(after).filter((entry) => entry.endsWith('v1beta1'))).toEqual([]);
    expect((await project.s('deploy', ...quick)).output).toContain('Function "hello" unchanged');
    expect((await project.s('remove', '-y')).exitCode).toBe(0);
  });

  on12('fields of others are left to them, also at the change', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', ...quick);
    await project.patch('hello', { spec: { image: 'theirs:v1' } });
    project.write({ hello: hello(build({ timeout: '5m' })) });
    const { output, exitCode } = await project.s('deploy', ...quick);
    expect(exitCode).toBe(101);
    expect(output).toContain('Other tools own fields of the function "hello"');
    expect(output).toMatch(/spec\.image .* "theirs:v1" /);
    expect((await project.s('deploy', '--force-conflicts', ...quick)).exitCode).toBe(0);
    expect(await live(project)).toMatchObject({ spec: { build: { timeout: '5m0s' } } });
  });
});

describe('as the props say', () => {
  const v1beta2 = { apiVersion: 'core.openfunction.io/v1beta2' };

  on12('the props of v1beta2 are its spec', async () => {
    const serving = {
      triggers: { http: { port: 9000, engine: 'knative' } },
      hooks: { pre: ['a'], policy: 'Append' },
      params: { PORT: 9000 },
      template: { containers: [{ name: 'function' }] },
    };
    const project = await newProject({ hello: { ...v1beta2, image: 'registry.example.com/me/hello:v1', serving } });
    const { output, exitCode } = await project.s('deploy', ...quick);
    expect(exitCode).toBe(0);
    expect(output).toContain('Function "hello" created');
    expect(await live(project)).toMatchObject({ spec: { serving: { ...serving, params: { PORT: '9000' } } } });
    expect((await project.s('deploy', ...quick)).output).toContain('Function "hello" unchanged');
    expect((await project.s('plan', '--no-preflight')).output).toContain('would stay as it is');
  });

  on12('v1beta1 is insisted on, and what it cannot carry is refused', async () => {
    const v1beta1 = { apiVersion: 'core.openfunction.io/v1beta1' };
    const project = await newProject({ hello: hello({ ...v1beta1, ...build({ params: { RUN_IMAGE: 'r' } }) }) });
    const { output, exitCode } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain('OpenFunction crashes over params without build.shipwright');
  });

  (hasV1beta2 ? test.skip : test)('a server without v1beta2 is told before', async () => {
    const project = await newProject({ hello: { ...v1beta2, image: 'registry.example.com/me/hello:v1', serving: {} } });
    const { output, exitCode } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain('there is no core.openfunction.io/v1beta2');
  });
});
