import type { Api } from '../cluster/api';
import type { Groups } from '../cluster/look-up';
import { formatPath } from '../path';
import { warningAt, type Problem } from '../props/problem';
import type { Release } from '../releases';
import { found, type Findings } from './findings';
import type { GroupNeed } from './needs';
import { releasesServing, runningRelease } from './release';

/** Whether OpenFunction is there at all. */
export function hasOpenFunction(served: Groups): boolean {
  return served.has(group);
}

const group = 'core.openfunction.io';

/** What a function builds on and the cluster does not serve. It works once that is installed. */
export function missingGroups(served: Groups, needs: readonly GroupNeed[]): Findings {
  const missing = needs.filter((need) => !served.has(need.group));
  return found(
    missing.map(({ group: name, product, purpose, path }) =>
      warningAt(
        path,
        `This cluster has no ${product} (${name}), which ${purpose}; the function would wait for it without a word. Ask an administrator to install it.`,
      ),
    ),
  );
}

/**
 * The releases of OpenFunction that the cluster may run, by the versions that it serves. The release itself is only asked for
 * where those that are left are judged differently.
 */
export async function releasesOf(
  api: Api,
  served: Groups,
  judge: (release: Release) => Promise<readonly Problem[]>,
): Promise<readonly Release[]> {
  const range = releasesServing(served.get(group) ?? []);
  if (range.length === 1) return range;
  const verdicts = await Promise.all(range.map(async (release) => verdictOf(await judge(release))));
  if (new Set(verdicts).size === 1) return range;
  const release = await runningRelease(api);
  return release !== undefined && range.includes(release) ? [release] : range;
}

function verdictOf(problems: readonly Problem[]): string {
  return problems.map(({ severity, path }) => `${severity} ${formatPath(path)}`).join('\n');
}
