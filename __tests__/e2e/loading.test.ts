import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository, s } from '../support/s';
import { newSandboxProject } from '../support/sandbox';

const serving = { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } };

/** The chunks that a command has loaded, without their hashes. */
async function chunksOf(command: string): Promise<unknown> {
  const {
    folder,
    env,
    s: run,
  } = await newSandboxProject({ hello: { image: 'registry.example.com/hello:v1', serving } });
  await run('deploy');
  const chunks = path.join(folder, 'chunks.json');
  const preload = path.join(repository, '__tests__/support/note-chunks.cjs');
  const { exitCode, output } = await s([command], {
    cwd: folder,
    env: { ...env, CHUNKS: chunks, NODE_OPTIONS: `--require=${preload}` },
  });
  if (exitCode !== 0) throw new Error(output);
  return JSON.parse(readFileSync(chunks, 'utf8'));
}

test('an unchanged deploy loads what it needs, and no OIDC, proxy, diff, pack or text of an error', async () => {
  expect(await chunksOf('deploy')).toMatchInlineSnapshot(`
   [
     "api",
     "begin-rollout",
     "check",
     "chunk",
     "connection",
     "deploy",
     "execute",
     "follow",
     "js-yaml",
     "preflight",
     "roll-out",
     "shared",
     "time-limit",
     "validator",
     "wait",
   ]
  `);
});

test('info loads neither the rules nor what waits', async () => {
  expect(await chunksOf('info')).toMatchInlineSnapshot(`
   [
     "api",
     "chunk",
     "connection",
     "execute",
     "info",
     "js-yaml",
     "look",
     "places",
     "shared",
     "validator",
   ]
  `);
});
