import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { functionPath, hello, makeSecrets } from '../support/functions';
import { repository, s, type Run } from '../support/s';
import { newSandboxProject, told, type SandboxProject, type ScenarioName } from '../support/sandbox';

jest.setTimeout(120_000);

const place = 'in namespace "default" (context "sandbox")';
const apply = 'patch v1beta1 hello';

/** The serving of a small function, with more in it. */
function serving(more: object, props: object = {}): object {
  return hello({
    serving: { runtime: 'knative', template: { containers: [{ name: 'function' }] }, ...more },
    ...props,
  });
}

const build = {
  imageCredentials: { name: 'push-secret' },
  build: { builder: 'openfunction/builder-node:v2-16.15', srcRepo: { url: 'https://github.com/me/functions.git' } },
};

/** Of itself, ofn applies v1beta2 where something would be lost. */
const v1beta1 = { apiVersion: 'core.openfunction.io/v1beta1' };

type InfoObject = Record<string, unknown> & { serving?: { state?: string }; build?: { state?: string } };

/** Asks for the function until it has come to rest. */
async function settledInfo(project: SandboxProject): Promise<InfoObject> {
  const ended = ['Running', 'Failed', 'Timeout', 'Canceled'];
  for (let tries = 0; ; tries += 1) {
    const info: InfoObject = await project.result('info');
    if (ended.includes(info.serving?.state ?? '') || ended.includes(info.build?.state ?? '') || tries > 10) return info;
    await pause(300);
  }
}

describe('OpenFunction 1.2, which stores v1beta2', () => {
  test.concurrent('create, leave, change, plan and remove, with as few requests as on 1.0', async () => {
    const project = await newSandboxProject({ hello: serving({ timeout: '90s' }) });
    expect(told(await project.s('plan'))).toContain(`Function "hello" would be created ${place}.`);
    expect(told(await project.s('deploy', '--no-wait'))).toContain(`Function "hello" created ${place}.`);
    project.requests();

    expect(told(await project.s('deploy', '--no-wait'))).toBe(`Function "hello" unchanged ${place}.`);
    expect(project.requests()).toEqual([apply]);

    expect(told(await project.s('plan'))).toBe(`Function "hello" would stay as it is ${place}.`);
    expect(project.requests().sort()).toEqual(['get v1beta1 hello', `${apply} (dry run)`]);

    project.write({ hello: serving({ timeout: '2m' }) });
    expect(await project.result('plan')).toMatchObject({
      action: 'update',
      changes: [{ path: 'spec.serving.timeout', before: '1m30s', after: '2m0s' }],
    });
    project.requests();
    expect(told(await project.s('deploy', '--no-wait'))).toContain(`Function "hello" updated ${place}.`);
    expect(project.requests()).toEqual([apply]);

    expect(told(await project.s('remove', '-y'))).toContain(`Function "hello" removed ${place}.`);
    expect(told(await project.s('info'))).toContain('The function "hello" does not exist');
  });

  test.concurrent('what the server drops each time is named each time, and is no change', async () => {
    const project = await newSandboxProject({
      hello: hello({ ...v1beta1, ...build, build: { ...build.build, timeout: '10m' } }),
    });
    const dropped = 'WARN hello.props.build.timeout was dropped: this cluster does not know it.';
    await makeSecrets(project.admin);
    expect(told(await project.s('deploy', '--no-wait'))).toContain(`Function "hello" created ${place}.\n${dropped}`);
    for (let times = 0; times < 2; times += 1) {
      expect(told(await project.s('deploy', '--no-wait'))).toContain(
        `Function "hello" unchanged ${place}.\n${dropped}`,
      );
    }
    const withoutVersion = [{ op: 'remove', path: '/spec/version' }];
    await project.admin.request(
      'PATCH',
      functionPath('default', 'hello'),
      withoutVersion,
      'application/json-patch+json',
    );
    expect(told(await project.s('deploy', '--no-wait'))).toContain(`Function "hello" updated ${place}.\n${dropped}`);
  });

  test.concurrent('info reads v1beta2, in one request: states, addresses and route', async () => {
    const project = await newSandboxProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    const info = await settledInfo(project);
    expect(info).toMatchObject({
      apiVersion: 'core.openfunction.io/v1beta2',
      runtime: 'knative',
      build: { state: 'Skipped' },
      serving: { state: 'Running', resource: expect.stringMatching(/^serving-/) as unknown },
      addresses: {
        http: { external: 'http://hello.default.ofn.io/', internal: 'http://hello.default.svc.cluster.local/' },
        hosts: ['hello.default.ofn.io', 'hello.default.svc.cluster.local'],
        paths: ['/'],
      },
    });
    project.requests();
    await project.s('info');
    expect(project.requests()).toEqual(['get v1beta2 hello']);
  });

  test.concurrent('info of a function that was built in the cluster names the digest', async () => {
    const project = await newSandboxProject({ hello: hello(build) });
    await makeSecrets(project.admin);
    await project.s('deploy', '--no-wait');
    for (let tries = 0; tries < 10 && (await project.result('info'))['imageDigest'] === undefined; tries += 1) {
      await pause(300);
    }
    expect(await project.result('info')).toMatchObject({
      build: { state: 'Succeeded' },
      imageDigest: expect.stringMatching(/^sha256:/) as unknown,
    });
  });

  const failures: [title: string, scenario: ScenarioName, props: object, info: object][] = [
    [
      'a build whose step fails',
      'build-step-fails',
      build,
      {
        build: {
          state: 'Failed',
          reason: 'Failed',
          message: expect.stringMatching(/^buildrun step .* failed in pod/) as unknown,
        },
      },
    ],
    [
      'a build without its secret',
      'build-push-secret-missing',
      build,
      {
        build: {
          state: 'Failed',
          reason: 'BuildRegistrationFailed',
          message: expect.stringMatching(/reason: SpecOutputSecretRefNotFound$/) as unknown,
        },
      },
    ],
    [
      'a program that crashes',
      'crash',
      {},
      {
        serving: {
          state: 'Failed',
          reason: 'RevisionFailed',
          message: expect.stringMatching(/back-off restarting failed container=function/) as unknown,
        },
      },
    ],
    [
      'an image that cannot be pulled',
      'image-pull',
      {},
      {
        serving: {
          state: 'Failed',
          reason: 'RevisionFailed',
          message: expect.stringMatching(/Back-off pulling image.*pull access denied/) as unknown,
        },
      },
    ],
  ];
  test.concurrent.each(failures)('info tells why: %s', async (_title, scenario, props, expected) => {
    const project = await newSandboxProject({ hello: hello(props) }, { scenario });
    if (scenario !== 'build-push-secret-missing') await makeSecrets(project.admin);
    await project.s('deploy', '--no-wait', '--no-preflight');
    expect(await settledInfo(project)).toMatchObject(expected);
  });

  test.concurrent('info of a function that no controller has looked at says so', async () => {
    const project = await newSandboxProject({ hello: hello() }, { scenario: 'no-controller' });
    await project.s('deploy', '--no-wait');
    expect(told(await project.s('info'))).toBe('hello: waiting for OpenFunction\n  http ─▶ hello');
  });

  test.concurrent.each([
    [
      'build.params without build.shipwright',
      hello({ ...build, build: { ...build.build, params: { RUN_IMAGE: 'r' } } }),
    ],
    [
      'build.srcRepo.bundleContainer without credentials',
      hello({ ...build, build: { ...build.build, srcRepo: { bundleContainer: { image: 'r/source:v1' } } } }),
    ],
    [
      'keda.scaledJob without keda.scaledObject',
      serving({ runtime: 'async', scaleOptions: { keda: { scaledJob: { restartPolicy: 'Never' } } } }),
    ],
  ])('a conversion that panics over %s is explained after one request', async (_title, props) => {
    const project = await newSandboxProject({ hello: { ...v1beta1, ...props } });
    const run = await project.s('deploy', '--no-wait', '--no-preflight');
    expect(told(run))
      .toContain(`The cluster could not convert the function "hello" in namespace "default" between API versions.
Why: Internal error occurred: conversion webhook for core.openfunction.io/v1beta1, Kind=Function failed: Post "https://openfunction-webhook-service.openfunction.svc:443/convert?timeout=30s": EOF
What to do: OpenFunction 1.1 and later fail on some v1beta1 shapes: build.params without build.shipwright, build.srcRepo.bundleContainer, and keda.scaledJob. Otherwise the log of its webhook says more: kubectl logs -n openfunction deployment/openfunction-controller-manager`);
    expect(run.exitCode).toBe(101);
    expect(project.requests()).toEqual([apply]);
  });

  test.concurrent(
    'a function of another tool that cannot be shown as v1beta1 is one of v1beta2; who insists on v1beta1 is told why not',
    async () => {
      const project = await newSandboxProject({ hello: hello(v1beta1) });
      await project.admin.request('POST', functionPath('default', '').replace('v1beta1', 'v1beta2'), {
        apiVersion: 'core.openfunction.io/v1beta2',
        kind: 'Function',
        metadata: { name: 'hello' },
        spec: {
          image: 'registry.example.com/theirs',
          ...build,
          build: { builder: 'b', srcRepo: { bundleContainer: { image: 'r/source:v1' } } },
        },
      });
      expect(await project.result('info')).toMatchObject({ image: 'registry.example.com/theirs' });
      for (const command of ['deploy', 'plan']) {
        const run = await project.s(command);
        expect(told(run)).toContain('The cluster cannot show the function "hello" in namespace "default" as v1beta1.');
        expect(told(run)).toContain('To deploy it from here, leave out apiVersion, or remove it first: s remove');
        expect(run.exitCode).toBe(101);
      }
      project.write({ hello: hello() });
      const unforced = told(await project.s('deploy'));
      expect(unforced).toContain('is applied as core.openfunction.io/v1beta2: it was applied so before.');
      expect(unforced).toContain('Other tools own fields of the function "hello"');
      project.requests();
      expect(told(await project.s('remove', '-y'))).toContain(`Function "hello" removed ${place}.`);
      expect(project.requests().slice(0, 3)).toEqual([
        'get v1beta1 hello',
        'get v1beta2 hello',
        'delete v1beta2 hello',
      ]);
      expect(await project.s('deploy', '--no-wait')).toMatchObject({ exitCode: 0 });
    },
  );
});

describe('fields that the release does not have', () => {
  const states = { states: { store: { type: 'state.redis', version: 'v1', metadata: [] } } };

  test.concurrent('OpenFunction 1.0 on a newer Kubernetes refuses serving.states, at once', async () => {
    const project = await newSandboxProject({ hello: serving(states) }, { openfunction: '1.0' });
    for (const [command, requests] of [
      ['deploy', ['get v1beta1 hello', apply]],
      ['plan', ['get v1beta1 hello', `${apply} (dry run)`]],
    ] as const) {
      const run = await project.s(command, '--no-preflight');
      expect(told(run)).toContain(`The cluster refused the function "hello" in namespace "default" as invalid:
  hello.props.serving.states: is not a field that this cluster knows; OpenFunction has it since 1.1.
Why: The OpenFunction of this cluster is older or newer than the YAML, or the name is wrong.
What to do: Remove or correct these fields, or deploy to a cluster whose OpenFunction knows them; the function was not changed.`);
      expect(run.exitCode).toBe(101);
      expect(project.requests().sort()).toEqual(requests);
    }
  });

  test.concurrent('several at once are named at once', async () => {
    const trigger = { type: 'cron', metadata: {}, useCachedMetrics: true, metricType: 'Value' };
    const project = await newSandboxProject(
      { hello: serving({ ...states, triggers: [trigger] }) },
      { openfunction: '1.0' },
    );
    const lines = told(await project.s('deploy', '--no-wait', '--no-preflight'))
      .split('\n')
      .filter((line) => line.includes('this cluster knows'));
    expect(lines.sort()).toEqual([
      '  hello.props.serving.states: is not a field that this cluster knows; OpenFunction has it since 1.1.',
      '  hello.props.serving.triggers[0].metricType: is not a field that this cluster knows; OpenFunction has it since 1.2.',
      '  hello.props.serving.triggers[0].useCachedMetrics: is not a field that this cluster knows; OpenFunction has it since 1.2.',
    ]);
  });

  test.concurrent('a field that only older releases have', async () => {
    const trigger = { type: 'cron', metadata: {}, fallback: 1 };
    const project = await newSandboxProject({ hello: serving({ triggers: [trigger] }) });
    expect(told(await project.s('deploy', '--no-wait', '--no-preflight'))).toContain(
      '\n  hello.props.serving.triggers[0].fallback: is not a field that this cluster knows; OpenFunction had it until 1.1.\n',
    );
  });

  test.concurrent('OpenFunction 1.2 takes serving.states', async () => {
    const project = await newSandboxProject({ hello: serving(states) });
    expect(await project.s('deploy', '--no-wait')).toMatchObject({ exitCode: 0 });
    expect(told(await project.s('deploy', '--no-wait'))).toBe(`Function "hello" unchanged ${place}.`);
  });
});

test.concurrent.each(readdirSync(path.join(repository, 'examples')))(
  'examples/%s: deployed twice, planned, looked at and removed on OpenFunction 1.2',
  async (example) => {
    const project = await newSandboxProject({});
    const run = (...args: string[]): Promise<Run> =>
      s([...args, '-y'], { cwd: path.join(repository, 'examples', example), env: project.env });
    expect(told(await run('deploy', '--no-wait', '--no-build'))).toMatch(/^Function ".*" created/m);
    expect(told(await run('deploy', '--no-wait', '--no-build'))).toMatch(/^Function ".*" unchanged .*$/m);
    expect(told(await run('plan', '--no-build'))).toMatch(/^Function ".*" would stay as it is .*$/);
    expect((await run('info')).output).toMatch(/apiVersion: +core.openfunction.io\/v1beta2/);
    expect(told(await run('remove'))).toMatch(/Function ".*" removed/);
  },
);
