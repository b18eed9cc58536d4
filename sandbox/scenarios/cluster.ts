import type { Scenario } from './scenario';

/** What goes wrong in the cluster. */
export const clusterScenarios = {
  'held-by-finalizer': {
    description: 'Functions that are deleted stay: a finalizer holds them',
    finalizers: ['example.com/hold'],
  },
  'no-controller': { description: "OpenFunction's controller does not react", openfunctionWorks: false },
  crash: { description: 'the program of each function ends with an error', fates: { '*': { pods: 'crash' } } },
  'out-of-memory': { description: 'each function runs out of memory', fates: { '*': { pods: 'run out of memory' } } },
  'wrong-architecture': {
    description: 'images are for machines of another kind',
    fates: { '*': { pods: 'exec format error' } },
  },
  'image-pull': { description: 'images cannot be pulled', fates: { '*': { pods: 'image cannot be pulled' } } },
  'image-name': { description: 'image names are invalid', fates: { '*': { pods: 'image name is invalid' } } },
  unschedulable: { description: 'no node has room for the pods', fates: { '*': { pods: 'no node fits' } } },
  'secret-missing': {
    description: 'a Secret that the pods need is missing',
    fates: { '*': { pods: 'secret is missing' } },
  },
  'dapr-not-ready': {
    description: 'the sidecars of Dapr do not get ready',
    fates: { '*': { pods: 'daprd does not get ready' } },
  },
  'never-ready': { description: 'functions start and never get ready', fates: { '*': { pods: 'never ready' } } },
  'build-step-fails': { description: 'a step of each build fails', fates: { '*': { build: 'step fails' } } },
  'build-push-refused': {
    description: 'the registry refuses the built image',
    fates: { '*': { build: 'push is refused' } },
  },
  'build-times-out': { description: 'builds take too long', fates: { '*': { build: 'times out' } } },
  'build-cancelled': { description: 'somebody cancels each build', fates: { '*': { build: 'is cancelled' } } },
  'build-hangs': { description: 'builds never end', fates: { '*': { build: 'hangs' } } },
  'build-push-secret-missing': {
    description: 'the Secret to push with is missing',
    fates: { '*': { build: 'SpecOutputSecretRefNotFound' } },
  },
  'build-source-secret-missing': {
    description: 'the Secret of the source is missing',
    fates: { '*': { build: 'SpecSourceSecretRefNotFound' } },
  },
  'build-strategy-missing': {
    description: 'the ClusterBuildStrategy is missing',
    fates: { '*': { build: 'ClusterBuildStrategyNotFound' } },
  },
  'build-namespaced-strategy-missing': {
    description: 'the BuildStrategy is missing',
    fates: { '*': { build: 'BuildStrategyNotFound' } },
  },
  'build-unknown-parameter': {
    description: 'the strategy does not know a parameter',
    fates: { '*': { build: 'UndefinedParameter' } },
  },
} satisfies Record<string, Scenario>;
