import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from './index';
import { releases, type Release } from './openfunction/release';
import { scenarios, type ScenarioName } from './scenarios';
import type { Scenario } from './scenarios/scenario';

const usage = `Starts a Kubernetes cluster with OpenFunction in memory, and tells how to reach it.

  npm run sandbox -- [--openfunction ${releases.join('|')}] [--scenario NAME] [--kubernetes 1.20|1.27] [--port N]

Scenarios:
${Object.entries(scenarios)
  .map(([name, { description }]) => `  ${name.padEnd(34)}${description}`)
  .join('\n')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      openfunction: { type: 'string', default: '1.2' },
      kubernetes: { type: 'string', default: '1.27' },
      scenario: { type: 'string', default: 'normal' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const scenario: Scenario = scenarios[oneOf('scenario', values.scenario, Object.keys(scenarios) as ScenarioName[])];
  const sandbox = await startSandbox({
    openfunction: oneOf<Release>('openfunction', values.openfunction, releases),
    kubernetes: oneOf('kubernetes', values.kubernetes, ['1.20', '1.27'] as const),
    scenario,
    ...(values.port !== undefined && { port: Number(values.port) }),
  });
  serve(sandbox, `OpenFunction ${values.openfunction}; ${scenario.description}.`);
}

function serve(sandbox: Sandbox, what: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-sandbox-'));
  const file = path.join(folder, 'kubeconfig');
  writeFileSync(file, JSON.stringify(sandbox.kubeconfig), { mode: 0o600 });
  const end = (): void => {
    rmSync(folder, { recursive: true, force: true });
    void sandbox.stop();
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  console.log(`The sandbox is ready: ${what}
In another terminal:

  export KUBECONFIG=${file}
  s deploy            # in a folder with an s.yaml
  kubectl get fn      # where kubectl is installed

Ctrl-C ends it; nothing of it remains.`);
}

/** @throws Error that names the allowed values. */
function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new Error(`--${option} ${value}: there is no such one. Known: ${allowed.join(', ')}.`);
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
