import { versionOf } from '../api-version';
import { readFunction } from '../cluster/functions';
import { UserError } from '../errors';
import { parseDuration } from '../inputs/duration';
import type { FlagValues } from '../inputs/flags';
import type { LiveObject } from '../live-object';
import { defineCommand, type Connected } from './command';
import { defaultStreams, logFlags } from './log-flags';
import { missingFunction } from './missing-function';

export const logs = defineCommand({
  summary: 'Print what the function writes: of all its pods, and of its build',
  description: `Print the logs of the function: of all pods of its current Serving, in the order of time.

With -f it goes on: with pods that come and go, with restarts and new deployments, until Ctrl-C. Every line is printed once,
however often the connection breaks. What happens to pods is told on standard error.`,
  flags: logFlags,
  needsOnlyTarget: true,
  async run({ flags, connect, logger, aside, interruption }) {
    requireSense(flags);
    const request = {
      follow: flags.follow === true,
      previous: flags.previous === true,
      tail: parseCount(flags.tail, '--tail', 0),
      since: parseSince(flags.since),
      container: flags.container,
      proxy: flags.proxy === true,
      maxStreams: parseCount(flags['max-streams'], '--max-streams', 1) ?? defaultStreams,
    };
    const { createLogPrinter } = await import('./log-printer');
    const printer = createLogPrinter({ flags, logger, aside, interruption });
    const connected = await connect();
    const { api, key } = connected;
    const options = {
      request,
      output: printer.output,
      readFunction: () => requireFunction(connected),
      signal: printer.signal,
    };
    if (flags.build) {
      const { readBuildLogs } = await import('../logs/build-logs');
      await readBuildLogs(api, key, options);
    } else {
      const { readFunctionLogs } = await import('../logs/function-logs');
      await readFunctionLogs(api, key, { ...options, whyNone: (fn) => whyNone(connected, fn) });
    }
    return undefined;
  },
});

async function requireFunction({ api, key, place }: Connected): Promise<LiveObject> {
  const found = await readFunction(api, key, ['v1beta2', 'v1beta1']);
  if (found === undefined) throw missingFunction(key.name, place);
  return found.object;
}

/** Why there is nothing to read, as `s info` would put it. */
async function whyNone({ api, key }: Connected, fn: LiveObject): Promise<string> {
  const { lookAtRollout } = await import('../rollout/look');
  const { briefly } = await import('../ui/rollout-text');
  const { progress, notes, reasons } = await lookAtRollout(api, fn, versionOf(fn), undefined);
  return [`There is no log of "${key.name}" yet: it is ${progress}.`, ...notes, ...reasons.map(briefly)].join('\n');
}

/** @throws UserError for flags that make no sense together */
function requireSense(flags: FlagValues<typeof logFlags>): void {
  const clashes = [
    ['json', 'pretty'],
    ['build', 'proxy'],
    ['build', 'previous'],
  ] as const;
  for (const [one, other] of clashes) {
    if (flags[one] && flags[other]) {
      throw new UserError({ what: `--${one} and --${other} exclude each other.`, remedy: 'Leave one of them out.' });
    }
  }
  if (flags.invert && flags.grep === undefined) {
    throw new UserError({ what: '--invert needs --grep.', remedy: 'Write --grep=REGEX for the lines to leave out.' });
  }
}

function parseCount(text: string | undefined, flag: string, least: number): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (count >= least) return count;
  throw new UserError({
    what: `${flag}=${text} is no number of at least ${least}.`,
    remedy: `Write a whole number, for instance ${flag}=100.`,
  });
}

const timeOfDay = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @throws UserError for what is neither a duration nor a time */
function parseSince(text: string | undefined): { time: number } | { ago: number } | undefined {
  if (text === undefined) return undefined;
  if (!text.includes('T')) return { ago: parseDuration(text, '--since') / 1000 };
  const time = timeOfDay.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return { time: Math.floor(time / 1000) };
  throw new UserError({
    what: `--since=${text} is no time.`,
    remedy:
      'Write it like --since=2026-01-31T08:00:00Z or --since=2026-01-31T16:00:00+08:00, or a duration like --since=5m.',
  });
}
