import type { Origin } from './output';

/** Short names of the pods and containers in the prefix of lines. */
export interface Labels {
  of: (origin: Origin) => string;
}

/** Letters that tell pods of one workload apart; Kubernetes ends generated names with five. */
const fewest = 4;

/**
 * The shortest ends of the names of pods that tell them apart, the same for a pod as long as it is there.
 * @param manyContainers whether the container is to be named, too
 */
export function createLabels({ manyContainers }: { manyContainers: boolean }): Labels {
  const podOf = new Map<string, string>();
  const shortOf = new Map<string, string>();
  const shorten = (pod: string): string => {
    const known = shortOf.get(pod);
    if (known !== undefined) return known;
    const short = endsOf(pod).find((end) => !podOf.has(end)) ?? pod;
    podOf.set(short, pod);
    shortOf.set(pod, short);
    return short;
  };
  return { of: ({ pod, container }) => (manyContainers ? `${shorten(pod)} ${container}` : shorten(pod)) };
}

/** `2xw9k`, then `8d7f6-2xw9k`, and so on. */
function endsOf(pod: string): string[] {
  const parts = pod.split('-');
  return parts.map((_, index) => parts.slice(parts.length - 1 - index).join('-')).filter((end) => end.length >= fewest);
}
