import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from '../bench';
import { megabytes, range, verdict } from '../harness/format';
import { interleave } from '../harness/interleave';
import { difference, summarize } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import { createPlace } from '../tools/place';
import { createS, type S } from '../tools/s';

const probes = path.join(__dirname, '../probes');
const steps = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

/** How many functions, and how often: usually and with `--quick`. */
const settings = [
  { functions: 1, usual: 3, quick: 1 },
  { functions: 10, usual: 3, quick: 1 },
  { functions: 100, usual: 1, quick: 1 },
];

/** What `s deploy` holds in memory, beyond the CLI with an empty component. */
export async function* memory(bench: Bench): AsyncGenerator<Table> {
  yield await peaks(bench);
  yield await growth(bench);
}

async function peaks(bench: Bench): Promise<Table> {
  const { components, server, cluster, repetitions, progress } = bench;
  const file = path.join(bench.folder, 'peak-memory');
  const probe = { nodeArguments: ['--require', path.join(probes, 'peak-memory.cjs')], env: { PROBE_FILE: file } };
  const megabytesOf = (tool: S) => ({
    measure: async () => {
      await tool.run('deploy', probe);
      return Number(await readFile(file, 'utf8')) / 1e3;
    },
  });

  const ofn = createS(await createPlace(bench, 'ofn', server.server), components.ofn);
  const empty = createS(await createPlace(bench, 'empty', server.server), components.empty);
  const rows: string[][] = [];
  for (const { functions, usual, quick } of settings) {
    progress(`memory: ${functions} functions`);
    await cluster.clear(ofn.namespace);
    for (const tool of [ofn, empty]) await tool.write(functions, 0);
    const samples = await interleave({ empty: megabytesOf(empty), ofn: megabytesOf(ofn) }, repetitions(usual, quick));
    rows.push([
      String(functions),
      String(samples.ofn.length),
      megabytes(summarize(samples.ofn).median),
      megabytes(summarize(samples.empty).median),
      range(summarize(difference(samples.ofn, samples.empty)), megabytes),
    ]);
  }
  return {
    title: 'Peak memory of s deploy (RSS, MB)',
    note: 'The most that the process of the CLI has held.',
    columns: ['functions', 'repetitions', 'with ofn', 'empty component', 'difference'],
    rows,
  };
}

async function growth(bench: Bench): Promise<Table> {
  const { components, server, cluster, progress } = bench;
  progress('memory: heap after each ten of 100 functions');
  const file = path.join(bench.folder, 'heap');
  const measure = async (name: keyof typeof components): Promise<number[]> => {
    const component = { ...components[name], path: path.join(probes, 'heap.cjs') };
    const tool = createS(await createPlace(bench, name, server.server), component);
    await cluster.clear(tool.namespace);
    await tool.write(100, 0);
    await rm(file, { force: true });
    const env = { PROBE_FILE: file, PROBE_COMPONENT: components[name].path };
    await tool.run('deploy', { nodeArguments: ['--expose-gc'], env });
    return (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((bytes) => Number(bytes) / 1e6);
  };

  const ofn = await measure('ofn');
  const empty = await measure('empty');
  const own = difference(ofn, empty);
  const first = own[0] ?? 0;
  return {
    title: 'Heap of s deploy after each ten of 100 functions (MB)',
    note: 'Without garbage. What the CLI itself keeps of each resource shows in the empty component.',
    columns: ['functions', 'with ofn', 'empty component', 'difference', 'growth since the tenth', 'limit'],
    rows: steps.map((functions, index) => {
      const grown = (own[index] ?? Number.NaN) - first;
      return [
        String(functions),
        ...[ofn[index], empty[index], own[index], grown].map((value = Number.NaN) => value.toFixed(2)),
        functions === steps.at(-1) ? verdict(grown, '≤', limits.heapGrowthMegabytes) : '',
      ];
    }),
  };
}
