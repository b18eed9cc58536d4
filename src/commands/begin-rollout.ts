import { versionOf, type ApiVersion } from '../api-version';
import type { Api } from '../cluster/api';
import { applyFunction, forgetDigest, type ObjectKey } from '../cluster/functions';
import { servedVersions } from '../cluster/look-up';
import type { Outcome } from '../cluster/outcome';
import { explainRefusal } from '../cluster/apply';
import { isLiveObject } from '../cluster/status';
import type { LiveObject } from '../cluster/types';
import { UserError } from '../errors';
import { hasBuild } from '../function/parts';
import { partToRenew, stampManager, stampOf } from '../function/stamp';
import type { FunctionManifest } from '../function/types';
import { parseImage } from '../image';
import type { Logger } from '../inputs/logger';
import { releasesServing } from '../preflight/release';
import { textAt } from '../record';
import { between } from '../releases';
import { foretell } from '../rollout/expectation';
import { goalOf, keepsOldDigest } from '../rollout/goal';
import type { Goal } from '../rollout/state';

/**
 * Whether the digest of an earlier build has to be forgotten for the image of the manifest to run.
 * @throws UserError when that was not asked for
 */
export function mustForgetDigest(
  before: LiveObject | null | undefined,
  manifest: FunctionManifest,
  { forces, imageIsNew = false }: { forces: boolean; imageIsNew?: boolean },
): boolean {
  if (!before || !keepsOldDigest(before, manifest, imageIsNew)) return false;
  if (forces) return true;
  throw new UserError({
    what: `The function "${manifest.metadata.name}" was built in the cluster before, and is not any more.`,
    why: `OpenFunction keeps the digest of the last build and would run ${textAt(manifest, ['spec', 'image'])}@${textAt(before.status, ['revision', 'imageDigest'])}, which is not the image you mean.`,
    remedy:
      'Deploy with --force-rollout, which makes OpenFunction forget that digest, or remove the function and deploy it again. Nothing was changed.',
  });
}

interface Begun {
  goal: Omit<Goal, 'deadline'>;
  /** The version in which Functions tell most. */
  version: ApiVersion;
}

interface RolloutRequest {
  key: ObjectKey;
  applied: LiveObject;
  before: LiveObject | null | undefined;
  outcome: Outcome;
  serverTime: number | undefined;
  forgetsDigest: boolean;
}

/** Whether the user wants it all anew, and how that is said. */
interface Force {
  isAsked: boolean;
  flag: string;
}

/** What the rollout of an apply is to reach; a change that OpenFunction does not see is made visible to it, or told. */
export async function beginRollout(api: Api, request: RolloutRequest, force: Force, logger: Logger): Promise<Begun> {
  const { key, applied, before, outcome, serverTime, forgetsDigest } = request;
  const versions = await servedVersions(api);
  const releases = versions.length > 0 ? releasesServing(versions) : between('0.7', '1.2');
  const version = versions.includes('v1beta2') ? 'v1beta2' : 'v1beta1';
  const hasNewerVersion = version !== versionOf(applied);
  const goal = goalOf({ before, applied, outcome, serverTime, releases, hasNewerVersion });
  if (forgetsDigest) await forgetDigest(api, key, versionOf(applied));
  const { build, serving, unseen } = goal.expected;
  if (build === 'new' || serving === 'new') return { goal, version };
  if (force.isAsked) return { goal: await forceRollout(api, key, { goal, unseen, flag: force.flag }), version };
  if (unseen.length > 0) {
    warnUnseen(logger, unseen, force.flag);
  } else if (outcome === 'unchanged') {
    const same = stillTheSame(applied);
    if (same !== undefined) logger.info(`Nothing changed: ${same}. ${force.flag} does that.`);
  }
  return { goal, version };
}

/** Foretells what deploy would warn of. */
export function foreseeUnseen(logger: Logger, live: LiveObject, planned: LiveObject): void {
  const { build, serving, unseen } = foretell(live, planned, between('0.7', '1.2'));
  if (build !== 'new' && serving !== 'new' && unseen.length > 0) warnUnseen(logger, unseen, '--force-rollout');
}

function warnUnseen(logger: Logger, unseen: readonly string[], flag: string): void {
  logger.warn(
    `OpenFunction does not notice a change of ${unseen.join(', ')} alone: what runs stays as it was. ${flag} starts it anew.`,
  );
}

/** What does not change although it may look like a change; undefined where nothing can. */
function stillTheSame(fn: LiveObject): string | undefined {
  const revision = textAt(fn.spec, ['build', 'srcRepo', 'revision']);
  if (textAt(fn.spec, ['build', 'srcRepo', 'bundleContainer', 'image']).includes('@')) return undefined;
  if (hasBuild(fn)) {
    return `the source${revision === '' ? '' : ` at "${revision}"`} is not built again, even if it has moved on`;
  }
  const isPinned = parseImage(textAt(fn.spec, ['image'])).digest !== undefined;
  return isPinned ? undefined : 'an image that was pushed again under the same name is not pulled again';
}

/** Stamps the Function, so that OpenFunction makes a new Builder or Serving. */
async function forceRollout(
  api: Api,
  key: ObjectKey,
  { goal, unseen, flag }: { goal: Omit<Goal, 'deadline'>; unseen: readonly string[]; flag: string },
): Promise<Omit<Goal, 'deadline'>> {
  const stamp = stampOf(goal.applied.spec, partToRenew(goal.applied, unseen), new Date());
  if (stamp === undefined) {
    throw new UserError({
      what: `${flag} cannot make OpenFunction build again: build.shipwright.timeout is set.`,
      remedy: 'Pin build.srcRepo.revision to a commit, or leave build.shipwright.timeout out. The rest was applied.',
    });
  }
  const { name, namespace } = key;
  const manifest = {
    apiVersion: goal.applied.apiVersion,
    kind: 'Function',
    metadata: { name, namespace },
    spec: stamp.spec,
  };
  const response = await applyFunction(api, key, manifest, { manager: stampManager, force: true });
  if (!isLiveObject(response.body)) {
    throw await explainRefusal(api, { key, manifest, locate: (field) => Promise.resolve(field) }, response);
  }
  const build = stamp.renews === 'build' ? 'new' : goal.expected.build;
  return { ...goal, applied: response.body, isChanged: true, expected: { build, serving: 'new', unseen: [] } };
}
