import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import type { Fate } from '../../sandbox/scenarios/scenario';
import { cli } from '../../scripts/serverless-devs';
import type { Bench } from '../bench';
import { ms, range, verdict } from '../harness/format';
import { summarize } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';

/** Functions that end well in two ways, and one that ends badly. */
const cases = [
  { what: 'an HTTP function runs', serving: { runtime: 'knative' }, said: ' runs', last: 'functions.core.openfunction.io' },
  {
    what: 'an async function with a readiness probe runs',
    serving: {
      runtime: 'async',
      annotations: { 'dapr.io/app-protocol': 'http', 'openfunction.io/dapr-service-mode': 'sidecar' },
      inputs: [{ name: 'in', component: 'in' }],
      bindings: { in: { type: 'bindings.cron', version: 'v1', metadata: [{ name: 'schedule', value: '@every 9s' }] } },
    },
    said: ' runs',
    last: 'deployments.apps',
  },
  { what: 'an image name is invalid', serving: { runtime: 'knative' }, fate: 'image name is invalid', said: ' does not run', last: 'pods.' },
] as const; // prettier-ignore

/** How soon `s deploy` says what has become of a function: from the last change in the cluster to the words on the screen. */
export async function* wait(bench: Bench): AsyncGenerator<Table> {
  const rows = [];
  for (const each of cases) {
    bench.progress(`wait: ${each.what}`);
    const samples: number[] = [];
    for (let turn = 0; turn < bench.repetitions(7, 3); turn += 1) samples.push(await measure(bench, each));
    const delay = summarize(samples);
    rows.push([each.what, range(delay, ms), verdict(delay.median, '≤', limits.verdictMilliseconds)]);
  }
  yield {
    title: 'Waiting',
    note: 'Milliseconds from the last change in the sandbox, without round trips, until the CLI has printed the verdict.',
    columns: ['verdict', 'delay (ms)', 'limit'],
    rows,
  };
}

async function measure(bench: Bench, each: (typeof cases)[number]): Promise<number> {
  const fates: Record<string, Fate> = 'fate' in each ? { '*': { pods: each.fate } } : {};
  const sandbox = await startSandbox({ openfunction: '1.2', scenario: { fates } });
  const folder = await mkdtemp(path.join(tmpdir(), 'ofn-bench-wait-'));
  try {
    let changed = 0;
    sandbox.state.store.subscribe(({ kind }) => {
      if (kind === each.last) changed = performance.now();
    });
    const containers = [{ name: 'function', readinessProbe: { tcpSocket: { port: 8080 } } }];
    const props = { image: 'r.example.com/hello:v1', serving: { ...each.serving, template: { containers } } };
    await writeFile(path.join(folder, 'kubeconfig'), JSON.stringify(sandbox.kubeconfig), { mode: 0o600 });
    await writeFile(
      path.join(folder, 's.yaml'),
      JSON.stringify({
        edition: '3.0.0',
        name: 'wait',
        resources: { hello: { component: bench.components.ofn.path, props } },
      }),
    );
    const child = spawn(process.execPath, [cli, 'deploy'], {
      cwd: folder,
      env: {
        NODE_ENV: 'test',
        FORCE_COLOR: '0',
        KUBECONFIG: path.join(folder, 'kubeconfig'),
        serverless_devs_config_home: folder,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: bench.signal,
    });
    let text = '';
    let delay = NaN;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (Number.isNaN(delay) && text.includes(each.said)) delay = performance.now() - changed;
      });
    }
    await once(child, 'close');
    if (Number.isNaN(delay)) throw new Error(`s deploy said no verdict:\n${text}`);
    return delay;
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
