import type { LiveObject } from '../live-object';

/** What is looked at while a Function rolls out. `builds` are BuildRuns; a workload is a Deployment, StatefulSet, Job or Knative Service. */
export const kinds = ['functions', 'builds', 'workloads', 'pods', 'events'] as const;

export type Kind = (typeof kinds)[number];

/** Something that was learned of the cluster. */
export type Observation =
  | { type: 'seen'; kind: Kind; object: LiveObject }
  | { type: 'deleted'; kind: Kind; object: LiveObject }
  /** All objects of a kind, as of a resource version; without one, as of now. */
  | { type: 'listed'; kind: Kind; objects: readonly LiveObject[]; version?: string | undefined }
  /** The kind cannot be looked at. */
  | { type: 'blind'; kind: Kind; why: string };

/** The newest state of each object that was seen, by UID; undefined for one that is gone. */
export interface Knowledge {
  objects: Readonly<Record<Kind, ReadonlyMap<string, LiveObject | undefined>>>;
  blind: Readonly<Partial<Record<Kind, string>>>;
  /** The newest resource version as of which all objects of a kind are known; Infinity for one that did not tell. */
  listed: Readonly<Partial<Record<Kind, number>>>;
}

export const nothingKnown: Knowledge = {
  objects: { functions: new Map(), builds: new Map(), workloads: new Map(), pods: new Map(), events: new Map() },
  blind: {},
  listed: {},
};

/**
 * Takes in an observation. What counts is the newest state of each object: it does not matter how often, in which order,
 * or by which way states arrive, and a UID that is gone never comes back.
 */
export function learn(knowledge: Knowledge, observation: Observation): Knowledge {
  const { kind } = observation;
  if (observation.type === 'blind') {
    return { ...knowledge, blind: { ...knowledge.blind, [kind]: observation.why } };
  }
  const objects = new Map(knowledge.objects[kind]);
  let { listed } = knowledge;
  if (observation.type === 'deleted') objects.set(observation.object.metadata.uid, undefined);
  if (observation.type === 'seen') remember(objects, observation.object);
  if (observation.type === 'listed') {
    for (const object of observation.objects) remember(objects, object);
    const version = Number(observation.version ?? Infinity);
    listed = { ...listed, [kind]: Math.max(version, listed[kind] ?? 0) };
    const present = new Set(observation.objects.map(({ metadata }) => metadata.uid));
    for (const [uid, object] of objects) {
      const isOld =
        observation.version === undefined || !isNewer(object?.metadata.resourceVersion, observation.version);
      if (isOld && !present.has(uid)) objects.set(uid, undefined);
    }
  }
  return { ...knowledge, listed, objects: { ...knowledge.objects, [kind]: objects } };
}

function remember(objects: Map<string, LiveObject | undefined>, object: LiveObject): void {
  const { uid, resourceVersion } = object.metadata;
  const known = objects.get(uid);
  const isGone = objects.has(uid) && known === undefined;
  if (!isGone && !(known && isNewer(known.metadata.resourceVersion, resourceVersion))) objects.set(uid, object);
}

/** The objects of a kind that are there. */
export function present({ objects }: Knowledge, kind: Kind): LiveObject[] {
  return [...objects[kind].values()].filter((object) => object !== undefined);
}

/** Resource versions of Kubernetes are numbers that grow. Source: Kubernetes enhancement 5504. */
function isNewer(version: string | undefined, other: string): boolean {
  return Number(version) > Number(other);
}
