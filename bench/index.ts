import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bench } from './bench';
import { openCluster } from './cluster';
import { copyComponents, repository } from './component';
import { atEnd, cleanUp, endOfUser } from './harness/clean-up';
import { formatTable } from './harness/table';
import { describeMachine } from './machine';
import { parseOptions, usage, type Options } from './options';
import { startServer } from './servers';
import { findUsableKubectl } from './tools/usable-kubectl';
import { topics } from './topics';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const signal = endOfUser();
  try {
    await report(await prepare(options, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    await cleanUp();
  }
}

async function prepare(options: Options, signal: AbortSignal): Promise<Bench> {
  if (!existsSync(path.join(repository, 'dist/index.js'))) throw new Error('There is no dist/: run npm run build.');
  const progress = (text: string): void => {
    signal.throwIfAborted();
    process.stderr.write(`… ${text}\n`);
  };
  progress(`starting the ${options.server} server`);
  const server = await startServer(options.server);
  atEnd(() => server.stop());
  signal.throwIfAborted();
  const folder = await mkdtemp(path.join(tmpdir(), 'ofn-bench-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const bench: Bench = {
    options,
    server,
    cluster: openCluster(server),
    components: await copyComponents(folder),
    kubectl: undefined,
    folder,
    signal,
    repetitions: (usual, quick) => options.repetitions ?? (options.quick ? quick : usual),
    progress,
  };
  const { kubectl, note } = await findUsableKubectl(bench);
  const repetitions = options.repetitions ?? `as each topic needs${options.quick ? ', few (--quick)' : ''}`;
  console.log(`# Performance of ofn\n\n${describeMachine(note, server.name, String(repetitions))}\n`);
  return { ...bench, kubectl };
}

/** Prints each table as soon as it is measured. */
async function report(bench: Bench): Promise<void> {
  for (const name of bench.options.topics) {
    for await (const table of topics[name](bench)) console.log(formatTable(table));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
