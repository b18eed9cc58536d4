import { writeFileSync } from 'node:fs';
import { realClock } from '../../sandbox/apiserver/clock';
import { readRequest } from '../../sandbox/apiserver/http/request-info';
import type { AuditEvent } from '../../sandbox/apiserver/audit';
import { following } from '../support/following';
import { functionPath, hello } from '../support/functions';
import { createNamespace, rbacObjects, rightsEverywhere, rightsIn, type Rule } from '../support/rights';
import { sYaml } from '../support/s';
import { newSandboxProject, type SandboxProject } from '../support/sandbox';

// Dozens of runs.
jest.setTimeout(300_000);

const auths = { 'registry.example.com': { username: 'me', password: 'hunter2' } };
const env = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths }) };
const serving = {
  runtime: 'async',
  template: { containers: [{ name: 'function' }] },
  inputs: [{ name: 'in', component: 'in' }],
  bindings: { in: { type: 'bindings.cron', version: 'v1', metadata: [{ name: 'schedule', value: '@every 9s' }] } },
};
const async = hello({ serving });
const scaled = (keda: object): object => hello({ serving: { ...serving, scaleOptions: { keda } } });
const stateful = scaled({ scaledObject: { workloadType: 'StatefulSet' } });
const build = {
  builder: 'openfunction/builder-node:v2-16.15',
  env: { FUNC_NAME: 'hello' },
  srcRepo: { url: 'https://github.com/me/functions.git' },
};
const built = hello({ serving, build, imageCredentials: { name: 'push-secret', fromDocker: true } });

/** Functions of every kind that run: deployed all at once, followed, changed and removed. */
async function whatRuns(): Promise<SandboxProject> {
  const project = await newSandboxProject({});
  Object.assign(project.env, env);
  const functions = { sync: hello({ route: {} }), async, stateful, built };
  const flow = { deploy: [Object.keys(functions)] };
  const yaml = JSON.parse(sYaml(functions)) as object;
  writeFileSync(`${project.folder}/s.yaml`, JSON.stringify({ ...yaml, flow }));
  for (const command of [['plan'], ['deploy', '--build-logs'], ['info'], ['import', '--all']]) {
    expect(await project.s(...command)).toMatchObject({ exitCode: 0 });
  }
  const logs = following(['async', 'logs', '-f'], project);
  await logs.until('Listening');
  await logs.stop();
  project.write({ built: hello({ serving, image: 'registry.example.com/me/other:v2' }) });
  expect(await project.s('deploy', '--force-rollout')).toMatchObject({ exitCode: 0 });
  expect(await project.s('remove', '-y')).toMatchObject({ exitCode: 0 });
  return project;
}

/** Functions that do not run, which info explains. */
async function whatDoesNotRun(): Promise<SandboxProject> {
  const functions = { sync: hello(), async, stateful, built };
  const fates = { '*': { pods: 'never ready' }, built: { build: 'hangs' } } as const;
  const project = await newSandboxProject(functions, { scenario: { fates } });
  Object.assign(project.env, env);
  expect(await project.s('deploy', '--no-wait')).toMatchObject({ exitCode: 0 });
  for (const name of Object.keys(functions)) expect(await project.s(name, 'info')).toMatchObject({ exitCode: 0 });
  return project;
}

/** What OpenFunction runs as a Job: newer releases than 1.0 cannot read that from v1beta1. */
async function whatRunsAsJob(): Promise<SandboxProject> {
  const project = await newSandboxProject({ job: scaled({ scaledJob: {} }) }, { openfunction: '1.0' });
  await project.s('deploy', '--timeout=3s');
  expect(await project.s('info')).toMatchObject({ exitCode: 0 });
  return project;
}

/** Functions that use what there is not, or not for sure. */
async function whatIsMissing(): Promise<SandboxProject> {
  const { serving: _serving, ...buildOnly } = built as { serving: object };
  const builtBy = (kind: string): object => ({
    ...buildOnly,
    build: { ...build, shipwright: { strategy: { name: 'no-such', kind } } },
  });
  const functions = {
    buildOnly,
    here: builtBy('BuildStrategy'),
    anywhere: builtBy('ClusterBuildStrategy'),
    routed: hello({ route: { gatewayRef: { name: 'no-such', namespace: 'default' } } }),
  };
  const project = await newSandboxProject(functions);
  Object.assign(project.env, env);
  for (const name of Object.keys(functions)) await project.s(name, 'plan');
  return project;
}

/** A controller that says nothing of a Serving for an hour. */
async function whatIsSilent(): Promise<SandboxProject> {
  const clock = { ...realClock(), now: () => Date.now() - 3_600_000 };
  const project = await newSandboxProject({ hello: async }, { scenario: 'no-controller', clock });
  await project.s('deploy', '--no-wait');
  const status = { build: { state: 'Skipped' }, serving: { resourceRef: 'serving-abcde' } };
  const path = `${functionPath('default', 'hello')}/status`;
  await project.admin.request('PATCH', path, { status }, 'application/merge-patch+json');
  expect((await project.s('info')).output).toContain('does not say why');
  return project;
}

async function whatMakesItsNamespace(): Promise<SandboxProject> {
  const props = hello({ namespace: 'team', createNamespace: true });
  const project = await newSandboxProject({ hello: props }, { rights: 'everywhere' });
  expect(await project.s('deploy', '--no-wait')).toMatchObject({ exitCode: 0 });
  return project;
}

/** A right in words: what may be done, and whether in the namespace of functions, in that of OpenFunction, or everywhere. */
function named(verb: string, what: string, group: string, namespace: string): string {
  const place = namespace === '' ? 'cluster' : namespace === 'openfunction' ? 'openfunction' : 'namespace';
  return `${place}: ${verb} ${what}${group && `.${group}`}`;
}

/** The rights that a request needs; none for what everybody may read who is logged in. */
function neededFor({ verb, requestURI, responseStatus }: AuditEvent): string[] {
  const info = readRequest('GET', new URL(requestURI, 'https://server'));
  if (info.kind === 'other') return [];
  const { group, resource, subresource, namespace } = info;
  const verbs = verb === 'patch' && responseStatus.code === 201 ? ['patch', 'create'] : [verb];
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  return verbs.map((each) => named(each, what, group, namespace));
}

/** The rights that docs/rbac.yaml gives by its bindings, those of its comments included. */
function given(): string[] {
  const optional = rightsEverywhere('default').filter(({ roleRef }) => roleRef?.name === createNamespace);
  return [...rightsIn('default'), ...optional].flatMap(({ metadata, roleRef }) =>
    rulesOf(roleRef?.name).flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((what) => verbs.map((verb) => named(verb, what, group, metadata.namespace ?? ''))),
      ),
    ),
  );
}

function rulesOf(role: string | undefined): readonly Rule[] {
  return rbacObjects.flatMap(({ metadata, rules = [] }) => (metadata.name === role ? rules : []));
}

test('docs/rbac.yaml gives the rights that are used, and no others', async () => {
  const scenes = [whatRuns, whatDoesNotRun, whatRunsAsJob, whatIsMissing, whatIsSilent, whatMakesItsNamespace];
  const projects = await Promise.all(scenes.map((play) => play()));
  const requests = projects.flatMap(({ sandbox }) =>
    sandbox.requests().filter(({ userAgent }) => userAgent.startsWith('ofn/')),
  );
  const used = new Set(requests.flatMap(neededFor));
  expect([...used].sort()).toEqual(given().sort());
  expect(requests.filter(({ responseStatus }) => responseStatus.code === 403)).toEqual([]);
});
