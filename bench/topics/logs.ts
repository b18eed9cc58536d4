import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cli } from '../../scripts/serverless-devs';
import type { Bench } from '../bench';
import { megabytes, range, times, verdict } from '../harness/format';
import { interleave } from '../harness/interleave';
import { usageOf, type ProcessUsage } from '../harness/process-usage';
import { ratio, summarize } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import type { ChattyFacts, ChattyOrder } from '../servers/chatty-process';

const pods = 50;
const linesPerSecond = 20_000;

interface Followed extends ProcessUsage {
  lost: number;
  repeated: number;
}

/** Who follows the logs, and how it is told that it has begun with all pods. */
interface Follower {
  command: (facts: ChattyFacts) => readonly [program: string, ...args: string[]];
}

/** Following many pods that write a lot: nothing is lost, and what it costs. */
export async function* logs(bench: Bench): AsyncGenerator<Table> {
  const { kubectl, options, repetitions } = bench;
  const seconds = options.quick ? 10 : 60;
  const candidates: Record<string, Follower> = {
    ofn: { command: () => [process.execPath, cli, 'logs', '-f'] },
    ...(kubectl && {
      kubectl: {
        command: ({ serving }) => [
          kubectl.program, 'logs', '-f', '--prefix', '--tail=-1', '-c', 'function',
          '-l', `openfunction.io/serving=${serving}`, `--max-log-requests=${pods}`,
        ], // prettier-ignore
      },
    }),
  };
  if (!existsSync('/proc/self/stat')) {
    bench.progress('logs: not measured, there is no /proc on this system');
    return;
  }
  const samples = await interleave(
    Object.fromEntries(
      Object.entries(candidates).map(([name, follower]) => [
        name,
        { measure: () => follow(bench, name, follower, seconds) },
      ]),
    ),
    repetitions(1, 1),
  );
  const cpuOf = (followed: readonly Followed[]): number[] => followed.map(({ cpuSeconds }) => cpuSeconds);
  const total = (followed: readonly Followed[], key: 'lost' | 'repeated'): number =>
    followed.reduce((sum, each) => sum + each[key], 0);
  yield {
    title: 'Following logs',
    note: `${pods} pods that write ${linesPerSecond.toLocaleString('en')} lines of 100 bytes a second together, for ${seconds} s, in the sandbox. Processor time and memory of the whole process, the CLI included. ofn asks for times, so that it can go on after a break; kubectl does not.`,
    columns: ['tool', 'lost', 'limit', 'repeated', 'limit', 'peak memory (MB)', 'limit', 'CPU (s)', 'times kubectl'],
    rows: Object.entries(samples).map(([name, followed]) => {
      const isOurs = name === 'ofn';
      const peak = summarize(followed.map(({ peakMegabytes }) => peakMegabytes));
      const [lost, repeated] = [total(followed, 'lost'), total(followed, 'repeated')];
      const rival = samples['kubectl'];
      return [
        name,
        String(lost),
        isOurs ? verdict(lost, '=', 0) : '',
        String(repeated),
        isOurs ? verdict(repeated, '=', 0) : '',
        range(peak, megabytes),
        isOurs ? verdict(peak.median, '≤', limits.followMegabytes) : '',
        range(summarize(cpuOf(followed)), (value) => value.toFixed(1)),
        isOurs && rival ? times(summarize(ratio(cpuOf(followed), cpuOf(rival)))) : '',
      ];
    }),
  };
}

async function follow(bench: Bench, name: string, { command }: Follower, seconds: number): Promise<Followed> {
  bench.progress(`logs: ${name}, ${seconds} s`);
  const server = fork(path.join(__dirname, '../servers/chatty-process.ts'), [String(pods)], { signal: bench.signal });
  try {
    const [facts] = (await once(server, 'message')) as [ChattyFacts];
    const folder = path.join(bench.folder, `logs-${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'kubeconfig'), JSON.stringify(facts.kubeconfig), { mode: 0o600 });
    const props = { namespace: 'default', image: 'example.com/chatty:v1' };
    const resources = { [facts.name]: { component: bench.components.ofn.path, props } };
    await writeFile(path.join(folder, 's.yaml'), JSON.stringify({ edition: '3.0.0', name: 'logs', resources }));
    const [program, ...args] = command(facts);
    const follower = spawn(program, args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        KUBECONFIG: path.join(folder, 'kubeconfig'),
        NODE_ENV: 'test',
        FORCE_COLOR: '0',
        serverless_devs_config_home: folder,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
      signal: bench.signal,
    });
    return await watch(follower, server, { linesPerSecond, seconds });
  } finally {
    server.disconnect();
  }
}

/** Milliseconds until all pods are followed, and for the last lines. */
const beginning = 4000;
const end = 3000;

async function watch(follower: ChildProcess, server: ChildProcess, order: ChattyOrder): Promise<Followed> {
  const seen = countLines(follower);
  await pause(beginning);
  server.send(order);
  const [{ written }] = (await once(server, 'message')) as [{ written: number }];
  await pause(end);
  const usage = usageOf(follower.pid ?? 0);
  follower.kill('SIGINT');
  await once(follower, 'close');
  return { ...usage, lost: written * pods - seen.distinct(), repeated: seen.repeated() };
}

/** Counts the numbered lines of each pod. A line that comes out of order counts as repeated. */
function countLines({ stdout }: ChildProcess): { distinct: () => number; repeated: () => number } {
  const last = new Map<string, number>();
  let distinct = 0;
  let repeated = 0;
  let rest = '';
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, pod = '', number] = /^(\S+) .*?line (\d+) /.exec(line) ?? [];
      if (number === undefined) continue;
      if (Number(number) > (last.get(pod) ?? -1)) distinct += 1;
      else repeated += 1;
      last.set(pod, Math.max(Number(number), last.get(pod) ?? -1));
    }
  });
  return { distinct: () => distinct, repeated: () => repeated };
}
