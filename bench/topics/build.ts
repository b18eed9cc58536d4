import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomFillSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Bench } from '../bench';
import { repository } from '../component';
import { megabytes, ms, range, times, verdict } from '../harness/format';
import { interleave } from '../harness/interleave';
import { run } from '../harness/run';
import { difference, ratio, summarize, type Summary } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import { bundleProbe } from '../probes/bundle';
import { createPlace } from '../tools/place';
import { createS } from '../tools/s';

interface Measured {
  milliseconds: number;
  megabytes: number;
}

/** Bytes of a file. */
const fileSize = 20_480;

/** What local source costs: to read it, to push it, and to find that it has not changed. */
export async function* build(bench: Bench): AsyncGenerator<Table> {
  const program = await bundleProbe('source', bench.folder);
  const folders = {
    thousand: await sourceOf(bench, 1000),
    fiveThousand: await sourceOf(bench, 5000),
    tenThousand: await sourceOf(bench, 10_000),
  };
  yield await hashing(bench, program, folders);
  yield await pushing(bench, program, folders);
  yield await unchanged(bench);
}

/** A folder with so many files of random bytes, a hundred in each folder of it. */
async function sourceOf(bench: Bench, count: number): Promise<string> {
  bench.progress(`build: making ${count} files`);
  const folder = path.join(bench.folder, `source-${count}`);
  const content = Buffer.alloc(fileSize);
  for (let index = 0; index < count; index += 1) {
    const parent = path.join(folder, `folder-${Math.floor(index / 100)}`);
    if (index % 100 === 0) await mkdir(parent, { recursive: true });
    await writeFile(path.join(parent, `file-${index}.js`), randomFillSync(content));
  }
  return folder;
}

function probing(bench: Bench, program: string, ...args: string[]) {
  return {
    measure: async (): Promise<Measured> => {
      const { stdout } = await run(process.execPath, [program, ...args], {
        cwd: repository,
        env: {},
        signal: bench.signal,
      });
      return JSON.parse(stdout) as Measured;
    },
  };
}

const timesOf = (samples: readonly Measured[]): number[] => samples.map(({ milliseconds }) => milliseconds);
const memoryOf = (samples: readonly Measured[]): Summary => summarize(samples.map((sample) => sample.megabytes));

async function hashing(
  bench: Bench,
  program: string,
  folders: Record<'fiveThousand' | 'tenThousand', string>,
): Promise<Table> {
  bench.progress('build: hashing');
  const { half, whole } = await interleave(
    {
      half: probing(bench, program, 'hash', folders.fiveThousand),
      whole: probing(bench, program, 'hash', folders.tenThousand),
    },
    bench.repetitions(7, 3),
  );
  const milliseconds = summarize(timesOf(whole));
  const growth = summarize(ratio(timesOf(whole), timesOf(half)));
  const { hashing: limit } = limits;
  return {
    title: 'Reading a source',
    note: `Paths, modes and bytes, warm, in ${whole.length} fresh processes; the files are of ${fileSize / 1024} KiB. Linear is twice for twice as many.`,
    columns: ['what', 'figure', 'limit'],
    rows: [
      ['10,000 files, 205 MB (ms)', range(milliseconds, ms), verdict(milliseconds.median, '≤', limit.milliseconds)],
      ['5,000 files, 102 MB (ms)', range(summarize(timesOf(half)), ms), ''],
      ['the one in times of the other', times(growth), verdict(growth.median, '≤', limit.growth)],
      ['memory for 10,000 files (MB)', range(memoryOf(whole), megabytes), ''],
      ['memory for 5,000 files (MB)', range(memoryOf(half), megabytes), ''],
    ],
  };
}

async function pushing(
  bench: Bench,
  program: string,
  folders: Record<'thousand' | 'tenThousand', string>,
): Promise<Table> {
  bench.progress('build: pushing');
  const server = spawn(process.execPath, [program, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const host = `127.0.0.1:${(JSON.parse(String(line)) as AddressInfo).port}`;
    const { small, large } = await interleave(
      {
        small: probing(bench, program, 'push', folders.thousand, host),
        large: probing(bench, program, 'push', folders.tenThousand, host),
      },
      bench.repetitions(5, 2),
    );
    const held = memoryOf(large);
    return {
      title: 'Pushing a source',
      note: `As an image, to a registry on this machine that keeps nothing, in ${large.length} fresh processes: how much more memory they held at most, after reading the folder.`,
      columns: ['what', 'memory (MB)', 'limit', 'time (ms)'],
      rows: [
        [
          '10,000 files, 205 MB',
          range(held, megabytes),
          verdict(held.median, '≤', limits.pushMegabytes),
          range(summarize(timesOf(large)), ms),
        ],
        ['1,000 files, 20 MB', range(memoryOf(small), megabytes), '', range(summarize(timesOf(small)), ms)],
      ],
    };
  } finally {
    server.kill();
  }
}

const image = 'registry.example.com/me/hello:v1';
const digest = `sha256:${'a'.repeat(64)}`;

/** A deploy that finds its source unchanged, beside one of the same function that builds nothing. */
async function unchanged(bench: Bench): Promise<Table> {
  bench.progress('build: unchanged source');
  const rows = [];
  for (const [name, files] of [
    ['the source of the example', 2],
    ['100 files, 2 MB', 100],
  ] as const) {
    const plain = await deployer(bench, `plain-${files}`, { image: `${image}@${digest}` });
    const packed = await deployer(bench, `packed-${files}`, {
      image,
      pack: { builder: 'openfunction/builder-node:v2-16.15', path: './src', publish: true, command: './pack' },
    });
    for (let index = 0; index < files; index += 1) {
      await mkdir(path.join(packed.folder, 'src'), { recursive: true });
      await writeFile(path.join(packed.folder, `src/file-${index}.mjs`), randomFillSync(Buffer.alloc(fileSize)));
    }
    // Stands for pack, which is not what is measured.
    const report = `printf '[image]\\ndigest = "${digest}"\\n' > "$(eval echo \\\${$#})/report.toml"`;
    await writeFile(path.join(packed.folder, 'pack'), `#!/bin/sh\n${report}\n`, { mode: 0o755 });
    await plain.measure();
    await packed.measure();
    const samples = await interleave({ plain, packed }, bench.repetitions(11, 3));
    const added = summarize(difference(samples.packed, samples.plain));
    rows.push([name, range(added, ms), verdict(added.median, '≤', limits.unchangedSourceMilliseconds)]);
  }
  return {
    title: 'Unchanged source',
    note: 'What s deploy --no-wait takes longer when it reads a source and finds it unchanged than for the same function with its digest written down.',
    columns: ['source', 'added (ms)', 'limit'],
    rows,
  };
}

async function deployer(bench: Bench, name: string, props: object) {
  const place = await createPlace(bench, name, bench.server.server);
  const tool = createS(place, bench.components.ofn);
  const { namespace, folder } = place;
  const serving = { template: { containers: [{ name: 'function' }] } };
  const resources = { hello: { component: bench.components.ofn.path, props: { namespace, serving, ...props } } };
  await writeFile(path.join(folder, 's.yaml'), JSON.stringify({ edition: '3.0.0', name: 'bench', resources }));
  return { folder, measure: async () => (await tool.run('deploy')).milliseconds };
}
