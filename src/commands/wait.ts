import { performance } from 'node:perf_hooks';
import type { BuildLogs } from '../build/follow-logs';
import type { Goal } from '../rollout/state';
import type { Report } from '../rollout/report';
import { createProgress, type Progress } from '../ui/progress';
import { briefly, formatSeconds } from '../ui/rollout-text';
import { toInfo, type FunctionInfo } from '../function/info';
import type { Connected, Context } from './command';
import { rolloutError, standingOf, successOf, type Standing } from './standing';

interface WaitOptions {
  /** Milliseconds. */
  timeout: number;
  version: 'v1beta1' | 'v1beta2';
  showsBuildLogs: boolean;
}

/** Waits until a Function runs, and shows what goes on. @throws ClusterError that tells why it does not. */
export async function waitForRollout(
  { logger, terminal, interruption }: Pick<Context, 'logger' | 'terminal' | 'interruption'>,
  { api, key, place }: Connected,
  goal: Omit<Goal, 'deadline'>,
  { timeout, version, showsBuildLogs }: WaitOptions,
): Promise<FunctionInfo & Standing> {
  const { followRollout } = await import('../rollout/follow');
  const begin = performance.now();
  const waited = (): string => formatSeconds(performance.now() - begin);
  const progress = createProgress(key.name, {
    line: (text, level) => logger[level](text),
    terminal,
  });
  const tell = teller(key.name, progress);
  let last: Report | undefined;
  let logs: Promise<BuildLogs> | undefined;
  interruption.tell = () => {
    progress.end();
    return [
      `Stopped waiting for "${key.name}" after ${waited()}; the cluster goes on with it.`,
      ...(last ? [`It was at: ${last.progress}`, ...last.reasons.map((reason) => `  ${briefly(reason)}`)] : []),
      'See how it stands with: s info',
    ].join('\n');
  };
  try {
    const { report, fn } = await followRollout(api, goal, {
      timeout,
      version,
      onReport: (current) => {
        last = current;
        tell(current);
        const shows = showsBuildLogs && current.phase === 'building' && current.resource !== '';
        if (shows) logs ??= showBuild(current.resource);
        else if (current.phase !== 'building') void logs?.then(({ drain }) => drain());
      },
    });
    await logs?.then(({ drain }) => drain());
    progress.end();
    const { verdict } = report;
    if (verdict !== 'running' && verdict !== 'built') throw rolloutError(key.name, place, report, waited());
    logger.info(successOf(key.name, verdict, fn));
    return { ...toInfo(fn), ...standingOf(report) };
  } finally {
    void logs?.then(({ stop }) => stop());
    progress.end();
    interruption.tell = undefined;
  }

  async function showBuild(builder: string): Promise<BuildLogs> {
    const { followBuildLogs } = await import('../build/follow-logs');
    return followBuildLogs(api, key, { builder, print: (step, line) => progress.say(`  ${step} | ${line}`) });
  }
}

/** Shows each state, and each trouble once. */
function teller(name: string, progress: Progress): (report: Report) => void {
  const told = new Set<string>();
  const once = (text: string, level: 'info' | 'warn'): void => {
    if (!told.has(text)) progress.say(text, level);
    told.add(text);
  };
  return ({ phase, progress: text, verdict, reasons, notes }) => {
    for (const note of notes) once(`${name}: ${note}`, 'info');
    if (verdict !== undefined || phase === 'running') return;
    progress.show(phase, text);
    for (const { what, where } of reasons) once(`${name}: ${briefly({ what, ...(where && { where }) })}`, 'warn');
  };
}
