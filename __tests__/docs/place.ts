import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { createAdmin } from '../../scripts/control-plane/admin';
import { temporaryFolder } from '../support/files';
import { recordingPack } from '../support/pack';
import { cli, repository } from '../support/s';

/** A user's folder, in which the commands of a page are run in their order. */
export interface Place {
  write: (file: string, content: string) => void;
  /** Runs a script as bash would, and fails with its first command. */
  run: (script: string, env?: Record<string, string>) => Promise<{ exitCode: number | null; output: string }>;
}

const running: Sandbox[] = [];
afterAll(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

/** Where nobody sits at a terminal: `s remove` is answered with yes, and `s logs -f` interrupted after a while. */
const wrapper = `#!/usr/bin/env bash
if [[ "$1 $2" == 'cli ofn' ]]; then set -- cli '${repository}' "\${@:3}"; fi
case "$1 $*" in
  remove*) set -- "$@" -y ;;
  logs*-f*)
    timeout --signal=INT 5 '${process.execPath}' '${cli}' "$@"
    [[ $? == @(124|130) ]]
    exit ;;
esac
exec '${process.execPath}' '${cli}' "$@"
`;

/** A function whose image is built here, for pages that have no s.yaml of their own. */
export const sYaml = `
edition: 3.0.0
name: docs
resources:
  hello:
    component: ofn
    props:
      image: registry.example.com/me/hello:v1
      pack: { builder: openfunction/builder-node:v2-16.15, path: ./src, env: { FUNC_NAME: hello }, publish: true }
      serving: { template: { containers: [{ name: function }] }, params: { FUNCTION_TARGET: hello } }
`;

/** Starts a cluster in memory for it, with the contexts and namespaces that the pages speak of. */
export async function createPlace(): Promise<Place> {
  const sandbox = await startSandbox({ openfunction: '1.2' });
  running.push(sandbox);
  const admin = createAdmin({ ...sandbox, token: sandbox.tokens.admin });
  await admin.request('POST', '/api/v1/namespaces', { metadata: { name: 'team-a' } });
  const pack = recordingPack({ digest: `sha256:${'a'.repeat(64)}` });
  const folder = temporaryFolder({
    'bin/s': wrapper,
    'home/.kube/config': withContexts(sandbox, ['staging', 'production']),
    'app/src/index.mjs': 'export const hello = () => {};\n',
    'app/s.yaml': toLocal(sYaml),
    'app/function.yaml': {
      apiVersion: 'core.openfunction.io/v1beta1',
      kind: 'Function',
      metadata: { name: 'written-before' },
      spec: {
        image: 'registry.example.com/me/old:v1',
        serving: { runtime: 'knative', template: { containers: [{ name: 'function' }] } },
      },
    },
  });
  chmodSync(path.join(folder, 'bin/s'), 0o755);
  const cwd = path.join(folder, 'app');
  return {
    write: (file, content) => {
      mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
      writeFileSync(path.join(cwd, file), toLocal(content));
    },
    run: (script, env = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
          cwd,
          env: {
            ...pack.env,
            PATH: `${folder}/bin:${pack.env['PATH'] ?? ''}`,
            HOME: `${folder}/home`,
            NODE_ENV: 'test',
            FORCE_COLOR: '0',
            serverless_devs_config_home: `${folder}/home`,
            ...env,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: 100_000,
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding('utf8').on('data', (text: string) => (output += text));
        }
        child.on('error', reject);
        child.on('close', (exitCode) => resolve({ exitCode, output }));
      }),
  };
}

/** What a page says of the component that is published is tried with the one of the repository. */
function toLocal(content: string): string {
  return content.replace(/component: ofn\b\S*/g, `component: ${repository}`);
}

function withContexts({ kubeconfig }: Sandbox, names: readonly string[]): object {
  const { contexts } = kubeconfig as { contexts: object[] };
  return { ...kubeconfig, contexts: [...contexts, ...names.map((name) => ({ ...contexts[0], name }))] };
}
