import { functionPath, hello } from '../support/functions';
import { newSandboxProject, told, type SandboxProject, type ScenarioName } from '../support/sandbox';
import type { Fault } from '../../sandbox/faults/fault';

// Nothing here may wait for the minute that tries go on when a fault stays.
jest.setTimeout(40_000);

const place = 'in namespace "default" (context "sandbox")';
const created = `Function "hello" created ${place}.
The cluster now works on it; deploy does not wait for that. See its state with: s info`;
const updated = `Function "hello" updated ${place}.
The cluster now rolls it out; deploy does not wait for that. See its state with: s info`;
const unchanged = `Function "hello" unchanged ${place}.`;
const apply = 'patch v1beta1 hello';

const functions = 'functions';
const webhookDown =
  'Internal error occurred: failed calling webhook "mfunctions.of.io": failed to call webhook: Post "https://openfunction-webhook-service.openfunction.svc:443/mutate?timeout=10s": dial tcp 10.0.0.12:443: connect: connection refused';

/** An answer of the API server to each change of a Function, or to some of them. */
function answering(status: number, message: string, more: Partial<Fault> = {}, reason = 'InternalError'): Fault {
  return { on: { verb: 'patch', resource: functions }, answer: { status, reason, message }, ...more };
}

function live({ admin }: SandboxProject, name = 'hello'): Promise<{ body: { metadata?: Record<string, unknown> } }> {
  return admin.request('GET', functionPath('default', name));
}

describe('what passes is overcome', () => {
  const cases: [title: string, scenario: ScenarioName | Fault[], tries: number, warning?: string][] = [
    ['answers that come late', 'slow', 1],
    // On a connection that served before, as it did for the looks, the second try comes at once.
    ['a reset before the change', 'reset-before', 2],
    ['a reset after the change', 'reset-after', 2],
    [
      'a reset within the answer',
      'reset-midway',
      2,
      'Cannot reach https://SERVER (the answer broke off); trying again.',
    ],
    ['429 with Retry-After', 'too-many-requests', 3, 'The API server is busy (429); trying again.'],
    [
      '500 of the server, then 503 of a proxy as text',
      'server-errors',
      3,
      'The API server is busy (500); trying again.',
    ],
    [
      'a webhook that starts',
      [answering(500, webhookDown, { times: 1 })],
      2,
      'The API server is busy (500); trying again.',
    ],
    ['a login that was refused once', [answering(401, 'Unauthorized', { times: 1 }, 'Unauthorized')], 2],
  ];

  test.concurrent.each(cases)('%s', async (_title, scenario, tries, warning) => {
    const project = await newSandboxProject(
      { hello: hello() },
      { scenario: Array.isArray(scenario) ? { faults: scenario } : scenario },
    );
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toBe(warning === undefined ? created : `WARN ${warning}\n${created}`);
    expect(run.exitCode).toBe(0);
    expect(project.requests()).toEqual(new Array(tries).fill(apply));
    expect((await live(project)).body.metadata).toMatchObject({ generation: 1 });
  });

  test.concurrent.each([
    ['an update is told as one', hello({ version: 'v2' }), updated],
    ['no change is told as none', hello(), unchanged],
  ])('when the answer to it was lost, %s', async (_title, props, text) => {
    const faults: Fault[] = [{ on: { verb: 'patch', resource: functions }, after: 1, times: 1, reset: 'after' }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    await project.s('deploy', '--no-wait');
    project.write({ hello: props });
    project.requests();
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toBe(text);
    expect(run.exitCode).toBe(0);
    expect(project.requests()).toEqual([apply, apply]);
  });

  test.concurrent.each([
    ['plan', 'get', ['get v1beta1 hello', 'get v1beta1 hello', 'patch v1beta1 hello (dry run)']],
    ['info', 'get', ['get v1beta2 hello', 'get v1beta2 hello']],
    // On a connection that served before, the second try comes at once.
    ['remove', 'delete', ['get v1beta1 hello', 'delete v1beta1 hello', 'delete v1beta1 hello', 'watch v1beta1 hello']],
  ] as const)('s %s, when the answer to a %s is lost', async (command, verb, requests) => {
    const faults: Fault[] = [{ on: { verb, resource: functions }, times: 1, reset: 'after' }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    await project.s('deploy', '--no-wait');
    project.requests();
    expect(await project.s(command, '-y')).toMatchObject({ exitCode: 0 });
    expect(project.requests().sort()).toEqual([...requests].sort());
  });

  test.concurrent('a function whose deletion was answered too late is removed all the same', async () => {
    const faults: Fault[] = [{ on: { verb: 'delete', resource: functions }, times: 1, reset: 'after' }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults, openfunctionWorks: false } });
    await project.s('deploy', '--no-wait');
    project.requests();
    const run = await project.s('remove', '-y');
    expect(told(run)).toContain(`Function "hello" removed ${place}.`);
    expect(project.requests()).toEqual(['get v1beta1 hello', 'delete v1beta1 hello', 'delete v1beta1 hello']);
  });
});

describe('what stays is explained', () => {
  test.concurrent('a login that expires between two functions', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const project = await newSandboxProject(Object.fromEntries(names.map((name) => [name, hello()])), {
      scenario: 'expired-credentials',
    });
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toMatch(/"a" created[^]*"b" created[^]*"c" created/);
    expect(told(run)).toContain(`Not logged in to the cluster of context "sandbox".
Why: The server does not accept the credentials of user "sandbox"; they may be missing or have expired.
What to do: Log in again, or correct the user in ./config.`);
    expect(run.exitCode).toBe(101);
    expect(project.requests()).toEqual([...names, 'd'].map((name) => `patch v1beta1 ${name}`));
  });

  test.concurrent('a missing permission to change functions', async () => {
    const project = await newSandboxProject({ hello: hello() }, { scenario: 'forbidden-apply' });
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toBe(`Not allowed to patch functions in namespace "default".
Why: The cluster knows you as "admin" (context "sandbox"), and no Role allows this.
What to do: Ask an administrator of the cluster to apply this:
  apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata:
    name: ofn-deploy
    namespace: default
  rules:
    - apiGroups: ["core.openfunction.io"]
      resources: ["functions"]
      verbs: [get, list, watch, create, patch, delete]
    - apiGroups: ["core.openfunction.io"]
      resources: ["functions/status"]
      verbs: [patch]
  and: kubectl create rolebinding ofn-deploy --role=ofn-deploy --user='admin' --namespace=default`);
    expect(run.exitCode).toBe(101);
    expect(project.requests()).toEqual([apply]);
  });

  test.concurrent('a missing permission to delete functions', async () => {
    const message =
      'functions.core.openfunction.io "hello" is forbidden: User "system:serviceaccount:ci:deployer" cannot delete resource "functions" in API group "core.openfunction.io" in the namespace "default"';
    const answer = { status: 403, reason: 'Forbidden', message };
    const faults: Fault[] = [{ on: { verb: 'delete', resource: functions }, answer }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    await project.s('deploy', '--no-wait');
    const run = await project.s('remove', '-y');
    expect(told(run)).toContain('Not allowed to delete functions in namespace "default".');
    expect(told(run)).toContain('--serviceaccount=ci:deployer --namespace=default');
    expect(run.exitCode).toBe(101);
    expect((await live(project)).body.metadata).not.toHaveProperty('deletionTimestamp');
  });

  test.concurrent.each(['plan', 'info', 'remove'])('a missing permission to read functions: s %s', async (command) => {
    const message =
      'functions.core.openfunction.io "hello" is forbidden: User "jane" cannot get resource "functions" in API group "core.openfunction.io" in the namespace "default"';
    const faults: Fault[] = [
      { on: { verb: 'get', resource: functions }, answer: { status: 403, reason: 'Forbidden', message } },
    ];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    const run = await project.s(command, '-y');
    expect(told(run)).toContain(`Not allowed to get functions in namespace "default".
Why: The cluster knows you as "jane" (context "sandbox"), and no Role allows this.`);
    expect(run.exitCode).toBe(101);
    expect(project.requests().filter((request) => request.startsWith('get'))).toHaveLength(1);
  });

  const denial = 'admission webhook "rules.example.com" denied the request: User "jane" cannot use this registry';
  const typed = 'failed to create typed patch object (default/hello; core.openfunction.io/v1beta1, Kind=Function):';
  const openfunction = (reason: string): Fault =>
    answering(403, `admission webhook "vfunctions.of.io" denied the request: ${reason}`, {}, 'Forbidden');
  const invalid = (line: string): string => `The cluster refused the function "hello" in namespace "default" as invalid:
  ${line}
What to do: Correct the YAML; the function was not changed.`;
  const refusals: [title: string, fault: Fault, text: string][] = [
    [
      'a field that OpenFunction refuses',
      openfunction('spec.serving.runtime: Invalid value: "knative": not today'),
      invalid('hello.props.serving.runtime: Invalid value: "knative": not today'),
    ],
    [
      'a duration that OpenFunction cannot read',
      answering(
        400,
        'admission webhook "mfunctions.of.io" denied the request: time: invalid duration "v1.0.0"',
        {},
        'BadRequest',
      ),
      invalid('hello.props.version: invalid duration "v1.0.0"; write it like 90s, 10m or 1h30m'),
    ],
    [
      'a rule of a webhook that reads like a missing permission',
      answering(403, denial, {}, 'Forbidden'),
      `The cluster refused to patch the function "hello" in namespace "default": User "jane" cannot use this registry
Why: The admission webhook rules.example.com checks it.
What to do: Change the YAML so that it fits, or ask an administrator of the cluster about this rule.`,
    ],
    [
      'a webhook that panics',
      answering(500, webhookDown.replace(/dial.*/, 'EOF')),
      `A webhook of the cluster broke down over the function "hello" in namespace "default".
Why: ${webhookDown.replace(/dial.*/, 'EOF')}
What to do: OpenFunction 1.1 does so for a function without serving. Otherwise its log says more: kubectl logs -n openfunction deployment/openfunction-controller-manager`,
    ],
    [
      'fields that do not fit the schema of the cluster',
      answering(
        500,
        `${typed} errors:\n  .spec.serving.params.FUNCTION_TARGET: expected numeric (int or float), got string\n  .spec.serving.template.containers[0].name: field not declared in schema`,
        {},
        '',
      ),
      `The cluster refused the function "hello" in namespace "default" as invalid:
  hello.props.serving.params.FUNCTION_TARGET: expected numeric (int or float), got "hello"
  hello.props.serving.template.containers[0].name: is not a field that this cluster knows.
Why: The OpenFunction of this cluster is older or newer than the YAML, or the name is wrong.
What to do: Remove or correct these fields, or deploy to a cluster whose OpenFunction knows them; the function was not changed.`,
    ],
    [
      'a quota',
      answering(
        403,
        'functions.core.openfunction.io "hello" is forbidden: exceeded quota: functions=5',
        {},
        'Forbidden',
      ),
      `The cluster refused to patch the function "hello" in namespace "default" (403).
Why: functions.core.openfunction.io "hello" is forbidden: exceeded quota: functions=5`,
    ],
  ];
  test.concurrent.each(refusals)('%s, with one request', async (_title, fault, text) => {
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults: [fault] } });
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toBe(text);
    expect(run.exitCode).toBe(101);
    expect(project.requests()).toEqual([apply]);
  });

  test.concurrent('a rule of a webhook against the deletion', async () => {
    const answer = { status: 403, reason: 'Forbidden', message: denial };
    const faults: Fault[] = [{ on: { verb: 'delete', resource: functions }, answer }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    await project.s('deploy', '--no-wait');
    const run = await project.s('remove', '-y');
    expect(told(run))
      .toContain(`The cluster refused to delete the function "hello" in namespace "default": User "jane" cannot use this registry
Why: The admission webhook rules.example.com checks it.
What to do: Ask an administrator of the cluster about this rule.`);
    expect(run.exitCode).toBe(101);
  });
});

describe('Ctrl-C', () => {
  test.concurrent('during an answer that does not come exits with 130', async () => {
    const faults: Fault[] = [{ on: { verb: 'delete', resource: functions }, delay: 30_000 }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    await project.s('deploy', '--no-wait');
    const interrupt = (process: { kill(signal: 'SIGINT'): boolean }): unknown =>
      setTimeout(() => process.kill('SIGINT'), 300);
    const { exitCode, output } = await project.when('To be removed', interrupt, 'remove', '-y');
    expect(output).not.toContain('"hello" removed');
    expect(exitCode).toBe(130);
  });

  test.concurrent('between two tries exits with 130', async () => {
    const answer = { status: 429, reason: 'TooManyRequests', message: 'slow down', retryAfter: 30 };
    const faults: Fault[] = [{ on: { resource: functions }, answer }];
    const project = await newSandboxProject({ hello: hello() }, { scenario: { faults } });
    const { exitCode } = await project.when('trying again', (process) => process.kill('SIGINT'), 'deploy', '--no-wait');
    expect(exitCode).toBe(130);
    expect(project.requests()).toEqual([apply]);
  });
});
