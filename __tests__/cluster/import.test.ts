import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JsonRecord } from '../../src/record';
import { admin, hasV1beta2, hello, newProject, openfunction, type Project } from '../support/cluster';
import { publishedFunctions } from '../support/conformance';
import { repository, s } from '../support/s';

const on12 = hasV1beta2 ? test : test.skip;
if (!hasV1beta2) console.warn(`SKIPPED: OpenFunction ${openfunction} has no v1beta2; run with OPENFUNCTION=v1.2.0.`);

/** Makes a Function as another tool does. @returns why the server refuses it */
async function create(
  project: Project,
  fn: { apiVersion: string; metadata: object; spec: object },
): Promise<string | undefined> {
  const path = `/apis/${fn.apiVersion}/namespaces/${project.namespace}/functions?fieldManager=kubectl-client-side-apply`;
  const { namespace: _elsewhere, ...metadata } = fn.metadata as { namespace?: string };
  const { status, body } = await admin.request('POST', path, { kind: 'Function', ...fn, metadata });
  return status < 300 ? undefined : String(body['message']);
}

/** What the s.yaml of an import says. */
function read(project: Project, file = 'imported.yaml'): Record<string, { component: string; props: JsonRecord }> {
  return (parse(readFileSync(`${project.folder}/${file}`, 'utf8')) as { resources: never }).resources;
}

const v1beta1 = 'core.openfunction.io/v1beta1';
const v1beta2 = 'core.openfunction.io/v1beta2';

test('all Functions of a namespace can be imported, and deploy would leave them as they are', async () => {
  const project = await newProject({});
  const created: string[] = [];
  for (const [index, { manifest }] of publishedFunctions().entries()) {
    const name = `fn-${index}`;
    const refusal = await create(project, { ...manifest, metadata: { ...manifest.metadata, name } });
    if (refusal === undefined) created.push(name);
    // Releases refuse what they do not know, and 1.2 panics over some of it.
    else expect(refusal).toMatch(/conversion webhook|unknown field/);
  }
  // Where there is no conformance data, one stands for all.
  if (created.length === 0) {
    expect(await create(project, { apiVersion: v1beta1, metadata: { name: 'fn-0' }, spec: hello() })).toBeUndefined();
  }

  const run = await project.s('cli', repository, 'import', '--all', '--to=imported.yaml', '--secrets-to=.env');
  expect(run.output).toContain('See what deploy would change with: s plan');
  expect(run.exitCode).toBe(0);
  const resources = read(project);
  expect(Object.keys(resources).sort()).toEqual((created.length > 0 ? created : ['fn-0']).sort());
  expect(Object.values(resources).filter(({ component }) => component !== repository)).toEqual([]);

  const plan = await project.s('plan', '--no-preflight', '-t', 'imported.yaml');
  expect(plan.output.match(/Function "fn-\d+" would (?!stay as it is)/g)).toBeNull();
  expect(plan.output.match(/would stay as it is/g)).toHaveLength(Object.keys(resources).length);
  expect(plan.exitCode).toBe(0);
});

test('secrets become references, and their values are neither printed nor lost', async () => {
  const project = await newProject({});
  const params = { DB_PASSWORD: 'hunter2', PLAIN: 'hello' };
  const metadata = [{ name: 'url', value: 'tcp://admin:s3cret@emqx:1883' }];
  const bindings = { mqtt: { type: 'bindings.mqtt', version: 'v1', metadata } };
  const outputs = [{ name: 'out', component: 'mqtt', operation: 'create' }];
  const template = { containers: [{ name: 'function', env: [{ name: 'API_TOKEN', value: 'to$ken' }] }] };
  const spec = hello({ serving: { runtime: 'knative', params, bindings, outputs, template } });
  expect(await create(project, { apiVersion: v1beta1, metadata: { name: 'orders' }, spec })).toBeUndefined();

  const printed = await project.s('cli', repository, 'import', 'orders');
  const written = await project.s('cli', repository, 'import', 'orders', '--to=imported.yaml', '--secrets-to=.env');
  const result = await project.s('cli', repository, 'import', 'orders', '--silent', '--output', 'json');
  for (const { exitCode, stdout, stderr } of [printed, written, result]) {
    expect(stdout + stderr).not.toMatch(/hunter2|s3cret|to\$ken/);
    expect(exitCode).toBe(0);
  }
  expect(printed.output).toContain(`value: tcp://\${env('ORDERS_MQTT_URL')}@emqx:1883`);
  expect(printed.output).toContain(`PLAIN: hello`);
  expect(printed.output).toContain(`Set these variables before the next s command; secrets are not written:
  ORDERS_DB_PASSWORD: orders.props.serving.params.DB_PASSWORD
  ORDERS_MQTT_URL: orders.props.serving.bindings.mqtt.metadata[0].value
  ORDERS_API_TOKEN: orders.props.serving.template.containers[0].env[0].value`);
  expect(JSON.parse(result.stdout)).toMatchObject({
    resources: { orders: { props: { serving: { params: { DB_PASSWORD: "${env('ORDERS_DB_PASSWORD')}" } } } } },
    variables: ['ORDERS_DB_PASSWORD', 'ORDERS_MQTT_URL', 'ORDERS_API_TOKEN'],
  });

  const envFile = `${project.folder}/.env`;
  expect(readFileSync(envFile, 'utf8')).toBe("ORDERS_DB_PASSWORD='hunter2'\nORDERS_MQTT_URL='admin:s3cret'\n");
  expect((statSync(envFile).mode & 0o777).toString(8)).toBe('600');
  expect(written.output).toContain('Wrote ORDERS_DB_PASSWORD, ORDERS_MQTT_URL into .env. Keep it out of Git.');
  // A .env file cannot hold a "$" that the CLI does not expand.
  expect(written.output).toContain('not written:\n  ORDERS_API_TOKEN: ');

  const env = { KUBECONFIG: `${project.folder}/config`, ORDERS_API_TOKEN: 'to$ken' };
  const plan = await s(['plan', '--no-preflight', '-t', 'imported.yaml'], { cwd: project.folder, env });
  expect(plan.output).toContain('Function "orders" would stay as it is');
});

test('what ofn has deployed is imported as it was written, and only once for an s.yaml with several resources', async () => {
  const props = hello({ namespace: undefined, labels: { team: 'a' } });
  const project = await newProject({ first: props, second: props });
  expect((await project.s('deploy', '--no-wait')).exitCode).toBe(0);
  expect((await project.s('deploy', '--no-wait', '--force-rollout')).exitCode).toBe(0);

  const run = await project.s('import', 'second', '--to=imported.yaml');
  expect(run.output.match(/Wrote second into imported.yaml/g)).toHaveLength(1);
  const again = { namespace: project.namespace, ...JSON.parse(JSON.stringify(props)) } as JsonRecord;
  expect(read(project)).toEqual({ second: { component: repository, props: again } });

  const own = await project.s('import');
  expect(own.output).toMatch(/resources:\n {2}first:[^]*resources:\n {2}second:/);

  const twice = await project.s('first', 'import', '--to=imported.yaml');
  expect(twice.output).toContain('Wrote first into imported.yaml');
  expect(Object.keys(read(project))).toEqual(['second', 'first']);
  const refused = await project.s('first', 'import', '--to=imported.yaml');
  expect(refused.output).toContain('imported.yaml has these resources already: first.');
  expect(refused.exitCode).toBe(101);
});

test('what is not there is told, and an empty namespace is no error', async () => {
  const project = await newProject({ hello: hello() });
  const missing = await project.s('import', 'nobody', 'hello', '--to=imported.yaml');
  expect(missing.output).toMatch(/The function "(nobody|hello)" does not exist in namespace/);
  expect(missing.exitCode).toBe(101);
  expect(() => read(project)).toThrow('ENOENT');
  const empty = await project.s('import', '--all', '--to=imported.yaml');
  expect(empty.output).toContain(`There are no functions in namespace "${project.namespace}"`);
  expect(empty.exitCode).toBe(0);
  expect(() => read(project)).toThrow('ENOENT');
});

test('the place that flags name is a part of what is imported', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  const { namespace, folder } = project;
  const place = ['--context=test', `--kubeconfig=${folder}/config`, `--namespace=${namespace}`];
  await s(['cli', repository, 'import', 'hello', '--to=imported.yaml', ...place], { cwd: folder });
  expect(read(project)['hello']?.props).toMatchObject({ context: 'test', kubeconfig: `${folder}/config`, namespace });
  const plan = await s(['plan', '--no-preflight', '-t', 'imported.yaml'], { cwd: folder });
  expect(plan.output).toContain('would stay as it is');
});

describe('versions', () => {
  const serving = { triggers: { http: { port: 3000 } }, template: { containers: [{ name: 'function' }] } };
  const newer = { apiVersion: v1beta2, metadata: { name: 'newer' }, spec: { image: 'r/x:v1', serving } };
  const older = { apiVersion: v1beta1, metadata: { name: 'older' }, spec: hello({ port: 3000 }) };

  on12('a Function is imported in the version in which it was written', async () => {
    const project = await newProject({});
    for (const fn of [newer, older]) expect(await create(project, fn)).toBeUndefined();
    await project.s('cli', repository, 'import', '--all', '--to=imported.yaml');
    expect(read(project)).toMatchObject({
      newer: { props: { apiVersion: v1beta2, serving } },
      older: { props: { port: 3000, serving: { runtime: 'knative' } } },
    });
    expect(read(project)['older']?.props).not.toHaveProperty('apiVersion');
    const plan = await project.s('plan', '-t', 'imported.yaml', '--no-preflight');
    expect(plan.output.match(/would stay as it is/g)).toHaveLength(2);
  });

  on12('ofn itself may have chosen v1beta2', async () => {
    const build = {
      builder: 'b',
      srcRepo: { url: 'https://git.example.com/x.git' },
      timeout: '10m',
      env: { FUNC_NAME: 'x' },
    };
    const project = await newProject({ hello: hello({ build, imageCredentials: { name: 'push-secret' } }) });
    await project.s('deploy', '--no-wait', '--no-preflight');
    await project.s('import', 'hello', '--to=imported.yaml');
    expect(read(project)).toMatchObject({ hello: { props: { apiVersion: v1beta2, build: { timeout: '10m0s' } } } });
  });

  on12('--api-version asks for one of them', async () => {
    const project = await newProject({});
    for (const fn of [newer, older]) await create(project, fn);
    await project.s('cli', repository, 'import', '--all', '--api-version=v1beta2', '--to=v2.yaml');
    expect(read(project, 'v2.yaml')).toMatchObject({
      newer: { props: { apiVersion: v1beta2 } },
      older: { props: { apiVersion: v1beta2, serving: { triggers: { http: { port: 3000 } } } } },
    });
    await project.s('cli', repository, 'import', '--all', '--api-version=v1beta1', '--to=v1.yaml');
    expect(read(project, 'v1.yaml')).toMatchObject({
      newer: { props: { port: 3000, serving: { runtime: 'knative' } } },
      older: { props: { port: 3000, serving: { runtime: 'knative' } } },
    });
  });

  test('a Function can be imported in a version that its server does not have', async () => {
    const project = await newProject({});
    await create(project, older);
    const run = await project.s('cli', repository, 'import', 'older', '--api-version=v1beta2', '--to=v2.yaml');
    expect(run.exitCode).toBe(0);
    expect(read(project, 'v2.yaml')).toMatchObject({
      older: { props: { apiVersion: v1beta2, serving: { triggers: { http: { port: 3000 } } } } },
    });
  });
});

test('a live Function printed by kubectl is imported from its file like from the cluster', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  const live = await project.live('hello');
  await project.s('cli', repository, 'import', 'hello', '--to=imported.yaml');
  writeFileSync(`${project.folder}/live.yaml`, JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [live] }));
  await project.s('cli', repository, 'import', './live.yaml', '--to=from-file.yaml');
  expect(read(project, 'from-file.yaml')).toEqual(read(project));
});
