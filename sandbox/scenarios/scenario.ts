import type { Fault } from '../faults/fault';

/** How the build of a function ends. */
export type BuildFate =
  | 'succeeds'
  /** A step fails: its last lines say why. */
  | 'step fails'
  /** The image cannot be pushed: the registry does not know the user. */
  | 'push is refused'
  /** It takes longer than its timeout. */
  | 'times out'
  /** Somebody cancels it. */
  | 'is cancelled'
  /** It never ends. */
  | 'hangs'
  /** Shipwright refuses the Build, with one of these reasons. */
  | 'SpecOutputSecretRefNotFound'
  | 'SpecSourceSecretRefNotFound'
  | 'ClusterBuildStrategyNotFound'
  | 'BuildStrategyNotFound'
  | 'UndefinedParameter';

/** How the pods of a function fare. */
export type PodFate =
  | 'run'
  /** The program ends with an error, again and again. */
  | 'crash'
  | 'run out of memory'
  /** Neither the image nor the right to it is there. */
  | 'image cannot be pulled'
  | 'image name is invalid'
  | 'no node fits'
  /** A Secret that the pod needs is missing. */
  | 'secret is missing'
  /** The sidecar of Dapr does not get ready. */
  | 'daprd does not get ready'
  /** The image is for machines of another kind. */
  | 'exec format error'
  /** The program runs and never says that it is ready. */
  | 'never ready';

export interface Fate {
  build?: BuildFate;
  pods?: PodFate;
}

/** What a sandbox is to go through: a small object that says it all. */
export interface Scenario {
  description: string;
  /** What happens between clients and the API server. */
  faults?: readonly Fault[];
  /** What happens to functions, by name; `*` stands for all others. */
  fates?: Readonly<Record<string, Fate>>;
  /** Whether OpenFunction's controller works. Default yes. */
  openfunctionWorks?: boolean;
  /** Finalizers that somebody puts on each Function and never takes away. */
  finalizers?: readonly string[];
}

export function fateOf({ fates = {} }: Pick<Scenario, 'fates'>, name: string): Fate {
  return fates[name] ?? fates['*'] ?? {};
}
