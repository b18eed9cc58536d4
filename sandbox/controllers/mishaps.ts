import type { PodFate } from '../scenarios/scenario';

/** What goes wrong with a container. */
export interface Mishap {
  /** Default: the one that runs the function. */
  container?: string;
  /** It does not start, for this reason. */
  waiting?: { reason: string; message: string };
  /** Reason of the event that tells of it. */
  event?: string;
  /** Its message. Default: that of the state. */
  eventMessage?: string;
  /** It is tried again and again. */
  isRepeated?: boolean;
  /** It starts and ends, and is started again. */
  exit?: { exitCode: number; reason: string; lines: readonly string[] };
  /** It runs, and is not ready. */
  neverReady?: boolean;
}

const pull =
  'rpc error: code = Unknown desc = failed to pull and unpack image: failed to resolve reference: pull access denied, repository does not exist or may require authorization';

/** Each sad fate as a kubelet reports it. */
export const mishaps: Readonly<Partial<Record<PodFate, Mishap>>> = {
  crash: {
    exit: {
      exitCode: 1,
      reason: 'Error',
      lines: [
        "Error: Cannot find module './handler'",
        "    at require (internal/modules/cjs/helpers.js:101:18) { code: 'MODULE_NOT_FOUND' }",
      ],
    },
  },
  'run out of memory': { exit: { exitCode: 137, reason: 'OOMKilled', lines: ['Reading the whole table'] } },
  'exec format error': { exit: { exitCode: 1, reason: 'Error', lines: ['exec /cnb/process/web: exec format error'] } },
  'image cannot be pulled': {
    waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image: ${pull}` },
    eventMessage: `Failed to pull image: ${pull}`,
    isRepeated: true,
  },
  'image name is invalid': {
    waiting: {
      reason: 'InvalidImageName',
      message: "Failed to apply default image tag: couldn't parse image reference: invalid reference format",
    },
    event: 'InspectFailed',
  },
  'secret is missing': { waiting: { reason: 'CreateContainerConfigError', message: 'secret "credentials" not found' } },
  'daprd does not get ready': { container: 'daprd', neverReady: true },
  'never ready': { neverReady: true },
};
