import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import { lookUp, servedGroups } from '../cluster/look-up';
import type { KnownProps } from '../props/draft';
import { warningAt, type Problem } from '../props/problem';
import type { RuleTarget } from '../props/rules/rule';
import { showText } from '../redact';
import { all, found, notChecked, nothing, type Findings } from './findings';
import { needsOf, type Needs, type SecretNeed } from './needs';
import { hasOpenFunction, missingGroups, releasesOf } from './platform';
import { judgeSecret, type SecretPlace } from './secrets';
import { judgeStrategy } from './strategy';

/** Judges props for a cluster, as `Context.check` does. */
type Check = (cluster: Partial<RuleTarget>) => Promise<Problem[]>;

/**
 * Looks whether the cluster has what the function is going to use: one request each, all at once, and only for what is used.
 * What the user may not see is a note. The props are judged by what is found out about OpenFunction.
 * @throws ClusterError when the cluster cannot be reached
 */
export async function preflight(api: Api, key: ObjectKey, props: KnownProps, check: Check): Promise<Findings> {
  const { namespace } = key;
  const needs = needsOf(props);
  const place = { namespace, createsNamespace: props.draft.createNamespace === true };
  const [served, ...looks] = await Promise.all([
    servedGroups(api),
    ...secretsByName(needs).map((sameName) => checkSecret(api, place, sameName)),
    checkStrategy(api, namespace, needs),
    checkGateway(api, needs),
  ]);
  if ('why' in served) {
    return all([found(await check({ namespace })), notChecked('what the cluster serves', served.why), ...looks]);
  }
  // Without OpenFunction there is only one thing to say, and the apply says it.
  if (!hasOpenFunction(served)) return found(await check({ namespace }));
  const releases = await releasesOf(api, served, (release) => check({ namespace, releases: [release] }));
  return all([found(await check({ namespace, releases })), missingGroups(served, needs.groups), ...looks]);
}

function secretsByName({ secrets }: Needs): SecretNeed[][] {
  const byName = new Map<string, SecretNeed[]>();
  for (const need of secrets) byName.set(need.name, [...(byName.get(need.name) ?? []), need]);
  return [...byName.values()];
}

async function checkSecret(api: Api, place: SecretPlace, needs: readonly SecretNeed[]): Promise<Findings> {
  const { namespace } = place;
  const [{ name } = { name: '' }] = needs;
  const look = await lookUp(api, { group: '', version: 'v1', resource: 'secrets', namespace, name });
  if (look.kind === 'not told') return notChecked(`the Secret ${showText(name)} in namespace "${namespace}"`, look.why);
  return found(judgeSecret(needs, look.kind === 'object' ? look.object : undefined, place));
}

async function checkStrategy(api: Api, namespace: string, { strategy }: Needs): Promise<Findings> {
  if (strategy === undefined) return nothing;
  const problems = await judgeStrategy(api, strategy, namespace);
  return 'why' in problems
    ? notChecked(`the ${strategy.kind} ${showText(strategy.name)}`, problems.why)
    : found(problems);
}

async function checkGateway(api: Api, { gateway }: Needs): Promise<Findings> {
  if (gateway === undefined) return nothing;
  const { name, namespace, path } = gateway;
  const place = { group: 'networking.openfunction.io', version: 'v1alpha1', resource: 'gateways', namespace, name };
  const look = await lookUp(api, place);
  if (look.kind === 'object') return nothing;
  if (look.kind === 'not told') {
    return notChecked(`the Gateway ${showText(name)} in namespace "${namespace}"`, look.why);
  }
  return found([
    warningAt(
      path,
      `There is no Gateway ${showText(name)} in namespace "${namespace}"; the function gets no address until there is one.`,
    ),
  ]);
}
