import { groupVersion, type ApiVersion, type GroupVersion } from '../api-version';

/** What speaks for one version or the other. */
export interface VersionFacts {
  /** What the props ask for. */
  wanted: 'auto' | GroupVersion;
  /** The version in which ofn has applied the Function before. */
  applied: ApiVersion | undefined;
  /** What of it would be lost on the way from v1beta1 to v1beta2. */
  lost: readonly string[];
  /** Versions that the server has; empty where it does not tell. */
  served: readonly string[];
}

export interface VersionChoice {
  version: ApiVersion;
  /** Why it is not v1beta1, in words. */
  why?: string;
}

/**
 * The version in which a Function is applied. By itself that is v1beta1, which each release has; v1beta2 where something would
 * be lost otherwise, and from then on: who has set which fields is told of one version.
 */
export function chooseVersion({ wanted, applied, lost, served }: VersionFacts): VersionChoice {
  if (wanted !== 'auto') return wanted === groupVersion('v1beta1') ? v1beta1 : { version: 'v1beta2' };
  if (lost.length > 0 && served.includes('v1beta2')) {
    return {
      version: 'v1beta2',
      why: `of v1beta1, OpenFunction 1.1 and later would lose ${listed(lost)}`,
    };
  }
  return applied === 'v1beta2' ? { version: 'v1beta2', why: 'it was applied so before' } : v1beta1;
}

function listed(places: readonly string[]): string {
  return places.length === 1 ? places.join() : `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
}

const v1beta1: VersionChoice = { version: 'v1beta1' };
