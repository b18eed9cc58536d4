import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../../../sandbox';
import type { CommandName } from '../../../src/commands/names';
import { execute } from '../../../src/commands/execute';
import { ExplainedError } from '../../../src/errors';
import type { Inputs } from '../../../src/inputs/inputs';
import { mutatedProps, validProps, writtenProps } from '../../support/arbitrary-props';
import { plantedProps, secret } from '../../support/arbitrary/secrets';
import { temporaryFolder } from '../../support/files';
import { fuzz } from '../../support/fuzz';

jest.setTimeout(3_600_000);

/** Milliseconds after which a command hangs. */
const limit = 8000;

const folder = temporaryFolder({ 's.yaml': '{}' });
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ openfunction: '1.2' });
  writeFileSync(`${folder}/config`, JSON.stringify(sandbox.kubeconfig));
});
afterAll(() => sandbox.stop());

/** What every object has; no input may add to it. */
const inherited = Reflect.ownKeys(Object.prototype);

interface Outcome {
  /** What the command has told, and the error in which it ended. */
  told: string;
  printed: string;
  result: unknown;
  error: unknown;
}

/** Runs a command as the CLI would. */
async function run(name: CommandName, props: unknown, args: readonly string[]): Promise<Outcome> {
  const told: string[] = [];
  const printed: string[] = [];
  const say = (message: string): void => void told.push(message);
  const logger = { info: say, warn: say, error: say, write: (line: string): void => void printed.push(line) };
  const inputs = {
    command: name,
    args: [...args],
    cwd: folder,
    props,
    resource: { name: 'hello' },
    ...(name !== 'import' && { yaml: { path: `${folder}/s.yaml` } }),
  } as Inputs;
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} hangs; it told ${told.join('\n')}`)), limit);
  });
  const outcome = await Promise.race([execute(name, inputs, logger), hung]).then(
    (result) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  );
  clearTimeout(timer);
  const message = outcome.error instanceof Error ? outcome.error.message : '';
  return { ...outcome, told: [...told, message].join('\n'), printed: printed.join('\n') };
}

function expectExplained({ error }: Outcome): void {
  if (error !== undefined && !(error instanceof ExplainedError)) throw error as Error;
  expect(Reflect.ownKeys(Object.prototype)).toEqual(inherited);
}

const anyProps = fc.oneof({ weight: 4, arbitrary: mutatedProps }, validProps, writtenProps);
const local = fc.constantFrom<[CommandName, string[]]>(
  ['render', []],
  ['render', ['--strict', '--namespace=other']],
  ['deploy', ['--kubeconfig=missing', '--no-preflight']],
  ['plan', ['--kubeconfig=missing']],
  ['info', ['--kubeconfig=missing']],
  ['remove', ['--kubeconfig=missing', '-y']],
);
const remote = fc.constantFrom<[CommandName, string[]]>(
  ['plan', []],
  ['plan', ['--no-preflight']],
  ['deploy', ['--no-wait']],
  ['deploy', ['--no-wait', '--no-preflight', '--force-conflicts']],
  ['info', []],
  ['remove', ['-y', '--timeout=5s']],
);

test('whatever the props are, a command without a cluster succeeds or explains itself', async () => {
  await fc.assert(
    fc.asyncProperty(anyProps, local, async (props, [name, args]) => {
      expectExplained(await run(name, props, args));
    }),
    fuzz(1500),
  );
});

test('whatever the props are, a command with a cluster succeeds or explains itself', async () => {
  await fc.assert(
    fc.asyncProperty(anyProps, remote, async (props, [name, args]) => {
      expectExplained(await run(name, onSandbox(props), args));
    }),
    fuzz(300),
  );
});

test('no command without a cluster tells a secret; render prints it only in the manifest', async () => {
  await fc.assert(
    fc.asyncProperty(plantedProps(anyProps), local, async (props, [name, args]) => {
      const { told, printed } = await run(name, props, args);
      expect(told).not.toContain(secret);
      if (name !== 'render') expect(printed).not.toContain(secret);
    }),
    fuzz(1500),
  );
});

test('no command with a cluster tells a secret', async () => {
  await fc.assert(
    fc.asyncProperty(plantedProps(anyProps), remote, async (props, [name, args]) => {
      const { told, printed, result } = await run(name, onSandbox(props), args);
      expect(told + printed + JSON.stringify(result)).not.toContain(secret);
    }),
    fuzz(300),
  );
});

/** The props, for a namespace that is there, in the sandbox. */
function onSandbox(props: unknown): unknown {
  const isMap = typeof props === 'object' && props !== null && !Array.isArray(props);
  return isMap ? { namespace: 'default', ...props, kubeconfig: `${folder}/config` } : props;
}

/** Props that are no part of a spec. */
const besideSpec = ['name', 'namespace', 'createNamespace', 'kubeconfig', 'context', 'pack', 'labels', 'annotations'];

test('whatever a Function holds, its import succeeds or explains itself, and tells no secret', async () => {
  await fc.assert(
    fc.asyncProperty(plantedProps(anyProps), fc.constantFrom('v1beta1', 'v1beta2'), async (props, version) => {
      const { labels, annotations } = { ...(props as Record<string, unknown>) };
      const spec = Object.fromEntries(
        Object.entries({ ...(props as object) }).filter(([key]) => !besideSpec.includes(key)),
      );
      const metadata = { name: 'hello', uid: 'u', labels, annotations };
      const fn = { apiVersion: `core.openfunction.io/${version}`, kind: 'Function', metadata, spec };
      writeFileSync(`${folder}/fn.json`, JSON.stringify(fn));
      const outcome = await run('import', {}, ['fn.json']);
      expectExplained(outcome);
      expect(outcome.told + outcome.printed).not.toContain(secret);
    }),
    fuzz(1500),
  );
});
