import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox';
import { createObject } from '../../sandbox/apiserver/operations/change';
import { scenarios } from '../../sandbox/scenarios';
import type { Scenario } from '../../sandbox/scenarios/scenario';
import { createAdmin, type Admin } from '../../scripts/control-plane/admin';
import { temporaryFolder } from './files';
import { functionPath, isLook } from './functions';
import { asDeployer, rightsEverywhere, rightsIn, type RbacObject } from './rights';
import { s, sYaml, type Run, type RunOptions } from './s';

/** A sandbox of its own with an s.yaml that deploys into it. */
export interface SandboxProject {
  sandbox: Sandbox;
  admin: Admin;
  folder: string;
  /** What a process needs to run `s` in the folder. */
  env: { KUBECONFIG: string };
  /** Replaces the resources of the s.yaml. */
  write: (resources: Record<string, object>) => void;
  s: (...args: string[]) => Promise<Run>;
  /** The same, with something done once when this text was read. */
  when: (text: string, act: (process: ChildProcess) => unknown, ...args: string[]) => Promise<Run>;
  /** Result of a command as JSON. */
  result: (...args: string[]) => Promise<Record<string, unknown>>;
  /** Requests of ofn since the last call, less its looks before an apply, as `patch v1beta1 hello`, followed by `(dry run)` if it is one. */
  requests: () => string[];
}

export type ScenarioName = keyof typeof scenarios;

const named: Readonly<Record<ScenarioName, Scenario>> = scenarios;

interface Options extends Omit<SandboxOptions, 'scenario'> {
  scenario?: ScenarioName | Omit<Scenario, 'description'>;
  /** Where it has the rights of docs/rbac.yaml. Default: in the namespace "default". */
  rights?: 'in default' | 'everywhere';
}

const running: Sandbox[] = [];
afterAll(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

/**
 * Starts a sandbox, with OpenFunction 1.2 unless told otherwise; it stops when the test file ends. What runs in it acts as a
 * user who has the rights of docs/rbac.yaml and no others.
 */
export async function newSandboxProject(
  resources: Record<string, object>,
  { scenario = 'normal', rights = 'in default', ...options }: Options = {},
): Promise<SandboxProject> {
  const sandbox = await startSandbox({
    openfunction: '1.2',
    ...options,
    scenario: typeof scenario === 'string' ? named[scenario] : scenario,
  });
  running.push(sandbox);
  install(sandbox, rights === 'everywhere' ? rightsEverywhere('default') : rightsIn('default'));
  const users = [{ name: 'sandbox', user: asDeployer(sandbox.tokens.admin, 'default') }];
  const folder = temporaryFolder({ config: { ...sandbox.kubeconfig, users } });
  const env = { KUBECONFIG: `${folder}/config` };
  const write = (content: Record<string, object>): void => writeFileSync(`${folder}/s.yaml`, sYaml(content));
  write(resources);

  const run = async (args: string[], options: Pick<RunOptions, 'onOutput'> = {}): Promise<Run> => {
    const result = await s(args, { cwd: folder, env, ...options });
    // The server notes a request when it sees its connection end.
    await pause(50);
    return { ...result, output: result.output.replaceAll(sandbox.server, 'https://SERVER').replaceAll(folder, '.') };
  };
  let seen = 0;
  return {
    sandbox,
    admin: createAdmin({ ...sandbox, token: sandbox.tokens.admin }),
    folder,
    env,
    write,
    s: (...args) => run(args),
    when: (text, act, ...args) => {
      let waiting = true;
      const onOutput: RunOptions['onOutput'] = (output, process) => {
        if (!waiting || !output.includes(text)) return;
        waiting = false;
        act(process);
      };
      return run(args, { onOutput });
    },
    result: async (...args) =>
      JSON.parse((await run([...args, '--silent', '--output', 'json'])).stdout) as Record<string, unknown>,
    requests: () => {
      const all = sandbox
        .requests()
        .filter(({ userAgent, requestURI }) => userAgent.startsWith('ofn/') && !isLook(requestURI));
      return all.slice(seen, (seen = all.length)).map(inShort);
    },
  };
}

/** Makes objects past the API, so that no fault of a scenario befalls that; where OpenFunction is not there, those without its namespace. */
function install({ state }: Sandbox, objects: readonly RbacObject[]): void {
  for (const object of objects) {
    const type = state.types.findKind('rbac.authorization.k8s.io', object.kind);
    if (!type) throw new Error(`the sandbox has no ${object.kind}`);
    const { namespace = '' } = object.metadata;
    if (namespace !== '' && !state.store.get('namespaces.', '', namespace)) continue;
    createObject(state, { type, version: 'v1', namespace, name: '' }, object, { manager: 'test' });
  }
}

function inShort({ verb, requestURI }: { verb: string; requestURI: string }): string {
  const url = new URL(requestURI, 'https://server');
  const [, version = '', name] = /\/(\w+)\/namespaces\/[^/]+\/functions(?:\/(.+))?$/.exec(url.pathname) ?? [];
  const what = name ?? url.searchParams.get('fieldSelector')?.replace('metadata.name=', '') ?? url.pathname;
  return `${verb} ${version} ${what}${url.searchParams.has('dryRun') ? ' (dry run)' : ''}`;
}

/** What a run told the user: the lines of the logger, and the message of the error, without the result. */
export function told({ output }: Run): string {
  const messages = [...output.matchAll(/^\[(INFO|WARN|ERROR)\]\[[^\]]+\] (.*(?:\n {2}.*)*)$/gm)].map(
    ([, level, text]) => (level === 'INFO' ? text : `${level ?? ''} ${text ?? ''}`),
  );
  const error = /^Error Message:\n([^]*?)\n\s*\n/m.exec(output)?.[1];
  return [...messages, ...(error === undefined ? [] : [error])].join('\n');
}

/** Makes the function "hello" as a deploy with these props would. */
export async function applyFunction({ admin }: SandboxProject, props: object): Promise<void> {
  const { annotations, ...spec } = props as { annotations?: object };
  const manifest = {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'hello', namespace: 'default', annotations },
    spec,
  };
  const path = `${functionPath('default', 'hello')}?fieldManager=serverless-devs-ofn`;
  const { status, body } = await admin.request('PATCH', path, manifest, 'application/apply-patch+yaml');
  if (status !== 201) throw new Error(JSON.stringify(body));
}
