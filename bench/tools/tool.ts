import type { Finished } from '../harness/run';

export type Action = 'deploy' | 'plan' | 'info' | 'remove';

/** Something that deploys functions, in a namespace of its own. */
export interface Tool {
  namespace: string;
  /** Writes the file that it deploys from. */
  write: (functions: number, revision: number) => Promise<void>;
  /** Runs it once as its users do. @throws Error when it fails. */
  run: (action: Action) => Promise<Finished>;
}
