import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import { lookUp, servedGroups } from '../cluster/look-up';
import { formatPath } from '../path';
import type { Draft } from '../props/draft';
import { warningAt, type Problem } from '../props/problem';
import type { RuleTarget } from '../props/rules/rule';
import type { Release } from '../releases';
import { showText } from '../redact';
import { needsOf, type Needs, type SecretNeed } from './needs';
import { releasesServing, runningRelease } from './release';
import { judgeSecret } from './secrets';
import { judgeStrategy } from './strategy';

/** What a look at the cluster brought before anything is changed. */
export interface Preflight {
  /** Of the props, judged by what is known of the cluster, and of the cluster for these props. */
  problems: Problem[];
  /** What could not be looked at. */
  notes: string[];
}

/** Judges props for a cluster, as `Context.check` does. */
type Check = (cluster: Partial<RuleTarget>) => Promise<Problem[]>;

type Findings = Preflight;

/**
 * Looks whether the cluster has what the function is going to use: one request each, all at once, and only for what is used.
 * What the user may not see is a note.
 * @throws ClusterError when the cluster cannot be reached
 */
export async function preflight(api: Api, key: ObjectKey, props: Draft, check: Check): Promise<Preflight> {
  const needs = needsOf(props);
  const results = await Promise.all([
    checkServed(api, key, needs, check),
    checkSecrets(api, key, needs.secrets),
    checkStrategy(api, key, needs),
    checkGateway(api, needs),
  ]);
  return {
    problems: results.flatMap(({ problems }) => problems),
    notes: results.flatMap(({ notes }) => notes),
  };
}

/** What the API groups of the cluster tell: the release of OpenFunction, by which the props are judged, and what it builds on. */
async function checkServed(api: Api, { namespace }: ObjectKey, { groups }: Needs, check: Check): Promise<Findings> {
  const served = await servedGroups(api);
  const versions = served?.get('core.openfunction.io');
  // Without OpenFunction there is only one thing to say, and the apply says it.
  if (served === undefined || versions === undefined) return { problems: await check({ namespace }), notes: [] };
  const lacking = groups.filter(({ group }) => !served.has(group));
  const range = await narrow(api, releasesServing(versions), (releases) => check({ namespace, releases }));
  return {
    problems: [
      ...(await check({ namespace, releases: range })),
      ...lacking.map(({ group, product, purpose, path }) =>
        warningAt(
          path,
          `This cluster has no ${product} (${group}), which ${purpose}; the function would wait for it without a word. Ask an administrator to install it.`,
        ),
      ),
    ],
    notes: [],
  };
}

/** The release itself is only asked for where the releases that it may be are judged differently. */
async function narrow(
  api: Api,
  range: readonly Release[],
  check: (releases: readonly Release[]) => Promise<Problem[]>,
): Promise<readonly Release[]> {
  if (range.length === 1) return range;
  const verdicts = await Promise.all(range.map(async (release) => verdictOf(await check([release]))));
  if (new Set(verdicts).size === 1) return range;
  const release = await runningRelease(api);
  return release !== undefined && range.includes(release) ? [release] : range;
}

function verdictOf(problems: readonly Problem[]): string {
  return problems.map(({ severity, path }) => `${severity} ${formatPath(path)}`).join('\n');
}

async function checkSecrets(api: Api, { namespace }: ObjectKey, needs: readonly SecretNeed[]): Promise<Findings> {
  const names = [...new Set(needs.map(({ name }) => name))];
  const looks = await Promise.all(
    names.map(async (name) => ({
      name,
      found: await lookUp(api, { group: '', version: 'v1', resource: 'secrets', namespace, name }),
    })),
  );
  const notTold = looks.filter(({ found }) => found.kind === 'not told');
  return {
    problems: needs.flatMap((need) => {
      const found = looks.find(({ name }) => name === need.name)?.found;
      if (found?.kind === 'missing') return judgeSecret(need, undefined, namespace);
      return found?.kind === 'object' ? judgeSecret(need, found.object, namespace) : [];
    }),
    notes: notTold.map(
      ({ name, found }) =>
        `Not checked: the Secret ${showText(name)} in namespace "${namespace}" (${found.kind === 'not told' ? found.why : ''}).`,
    ),
  };
}

async function checkStrategy(api: Api, { namespace }: ObjectKey, { strategy }: Needs): Promise<Findings> {
  if (strategy === undefined) return { problems: [], notes: [] };
  const found = await judgeStrategy(api, strategy, namespace);
  return Array.isArray(found)
    ? { problems: found, notes: [] }
    : { problems: [], notes: [`Not checked: the ${strategy.kind} ${showText(strategy.name)} (${found.notTold}).`] };
}

async function checkGateway(api: Api, { gateway }: Needs): Promise<Findings> {
  if (gateway === undefined) return { problems: [], notes: [] };
  const { name, namespace, path } = gateway;
  const found = await lookUp(api, {
    group: 'networking.openfunction.io',
    version: 'v1alpha1',
    resource: 'gateways',
    namespace,
    name,
  });
  if (found.kind === 'not told') {
    return {
      problems: [],
      notes: [`Not checked: the Gateway ${showText(name)} in namespace "${namespace}" (${found.why}).`],
    };
  }
  if (found.kind === 'object') return { problems: [], notes: [] };
  return {
    problems: [
      warningAt(
        path,
        `There is no Gateway ${showText(name)} in namespace "${namespace}"; the function gets no address until there is one.`,
      ),
    ],
    notes: [],
  };
}
