import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from '../bench';
import { megabytes, ms, range, verdict } from '../harness/format';
import { interleave } from '../harness/interleave';
import { run } from '../harness/run';
import { difference, summarize, type Summary } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';

interface Loaded {
  milliseconds: number;
  megabytes: number;
}

/** What loading the component costs a process, and how big it is. */
export async function* load(bench: Bench): AsyncGenerator<Table> {
  const { components, folder, signal, repetitions } = bench;
  bench.progress('load');
  const measure = (...files: string[]) => ({
    measure: async () => {
      const args = ['--expose-gc', path.join(__dirname, '../probes/load.cjs'), ...files];
      const { stdout } = await run(process.execPath, args, { cwd: folder, env: {}, signal });
      return JSON.parse(stdout) as Loaded;
    },
  });
  const dist = path.join(components.ofn.path, 'dist');
  const { ofn, bare } = await interleave(
    { bare: measure(), ofn: measure(path.join(dist, 'index.js')) },
    repetitions(21, 7),
  );

  const row = (what: string, key: keyof Loaded, format: (value: number) => string, limit: number): string[] => {
    const own = ofn.map((sample) => sample[key]);
    const others = bare.map((sample) => sample[key]);
    const extra: Summary = summarize(difference(own, others));
    return [
      what,
      format(summarize(own).median),
      format(summarize(others).median),
      range(extra, format),
      verdict(extra.median, '≤', limit),
    ];
  };
  const size = (await folderSize(dist)) / 1e6;
  yield {
    title: 'Load',
    note: `require('dist/index.js') in a fresh process, beyond a Node process that loads nothing; ${ofn.length} repetitions.`,
    columns: ['what', 'with ofn', 'bare Node', 'difference', 'limit'],
    rows: [
      row('time until loaded (ms)', 'milliseconds', ms, limits.load.milliseconds),
      row('heap kept (MB)', 'megabytes', megabytes, limits.load.heapMegabytes),
      ['size of dist/ (MB)', size.toFixed(3), '-', size.toFixed(3), verdict(size, '≤', limits.load.distMegabytes)],
    ],
  };
}

/** Bytes of all files in a folder. */
async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? folderSize(file) : (await stat(file)).size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
