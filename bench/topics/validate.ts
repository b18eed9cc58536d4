import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from '../bench';
import { repository } from '../component';
import { ms, range, times, verdict } from '../harness/format';
import { run } from '../harness/run';
import { ratio, summarize } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import { bundleProbe } from '../probes/bundle';

interface Measured {
  /** Milliseconds of the first judgement of the process, and of the next. */
  example: { name: string; first: number; loaded: number };
  /** Milliseconds by the number of inputs. */
  inputs: Record<string, number>;
}

/** What judging the props costs by schema and rules, in fresh processes, after everything is loaded. */
export async function* validate(bench: Bench): AsyncGenerator<Table> {
  bench.progress('validate');
  const folder = path.join(repository, 'examples');
  const files = readdirSync(folder).map((name) => path.join(folder, name, 's.yaml'));
  const program = await bundleProbe('validate', bench.folder);
  const samples: Measured[] = [];
  for (let turn = 0; turn < bench.repetitions(11, 5); turn += 1) {
    const { stdout } = await run(process.execPath, [program, ...files], {
      cwd: repository,
      env: {},
      signal: bench.signal,
    });
    samples.push(JSON.parse(stdout) as Measured);
  }
  const first = summarize(samples.map((sample) => sample.example.first));
  const loaded = summarize(samples.map((sample) => sample.example.loaded));
  const timesOf = (count: number): number[] => samples.map(({ inputs }) => inputs[count] ?? NaN);
  const growth = summarize(ratio(timesOf(1000), timesOf(125)));

  yield {
    title: 'Validation',
    note: `Schema and rules, in ${samples.length} fresh processes. The first judgement includes what Node compiles when it is first called; "loaded" is the next one. Linear is 8 times for 8 times as many.`,
    columns: ['what', 'figure', 'limit'],
    rows: [
      [
        `the largest example, ${samples[0]?.example.name ?? ''}, loaded (ms)`,
        range(loaded, ms),
        verdict(loaded.median, '≤', limits.validation.exampleMilliseconds),
      ],
      ['the same, first judgement of the process (ms)', range(first, ms), ''],
      ...[125, 250, 500, 1000].map((count) => [
        `${count} inputs and ${count} components (ms)`,
        range(summarize(timesOf(count)), ms),
        '',
      ]),
      [
        '1000 inputs and components, in times of 125',
        times(growth),
        verdict(growth.median, '≤', limits.validation.growth),
      ],
    ],
  };
}
