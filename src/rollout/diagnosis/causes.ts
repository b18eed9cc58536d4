/** What is known of a failure. */
export interface Symptoms {
  /** What failed. */
  of: 'build' | 'image' | 'container' | 'serving' | 'pod' | 'volume';
  reason: string;
  message: string;
  /** Last lines of its log. */
  log?: readonly string[] | undefined;
}

/** What a failure comes from, and what helps. */
export interface Cause {
  what: string;
  remedy: string;
  /** Whether it goes on for ever, so that waiting is of no use. */
  isFinal?: true;
}

interface KnownCause extends Cause {
  of: readonly Symptoms['of'][];
  reason?: RegExp;
  /** Found in the message or in the log; a group `name` takes the place of NAME in the remedy. */
  text?: RegExp;
}

const image = ['image', 'serving', 'build'] as const;
const secretHint =
  'Create the Secret and name it in imageCredentials: kubectl create secret docker-registry push-secret --docker-server=… --docker-username=… --docker-password=…';

/** The causes that are known, the most particular first. Sources: the messages of Shipwright, the kubelet, Knative and OpenFunction. */
const causes: readonly KnownCause[] = [
  {
    of: ['build'],
    text: /SpecOutputSecretRefNotFound/,
    what: 'The Secret to push the image with does not exist.',
    remedy: `${secretHint}\nThen deploy with --force-rollout: Shipwright does not try again by itself.`,
    isFinal: true,
  },
  {
    of: ['build'],
    text: /SpecSourceSecretRefNotFound/,
    what: 'The Secret to fetch the source with does not exist.',
    remedy:
      'Create the Secret that build.srcRepo.credentials names, then deploy with --force-rollout: Shipwright does not try again by itself.',
    isFinal: true,
  },
  {
    of: ['build'],
    text: /SpecBuilderSecretRefNotFound|MultipleSecretRefNotFound/,
    what: 'A Secret that the build needs does not exist.',
    remedy:
      'Create the Secrets that imageCredentials, build.builderCredentials and build.srcRepo.credentials name, then deploy with --force-rollout.',
    isFinal: true,
  },
  {
    of: ['build'],
    text: /ClusterBuildStrategyNotFound/,
    what: 'The cluster has no ClusterBuildStrategy of this name.',
    remedy:
      'See those it has with: kubectl get clusterbuildstrategies\nand name one in build.shipwright.strategy.name.',
    isFinal: true,
  },
  {
    of: ['build'],
    text: /BuildStrategyNotFound/,
    what: 'The namespace has no BuildStrategy of this name.',
    remedy: 'For one of the whole cluster write build.shipwright.strategy.kind: ClusterBuildStrategy.',
    isFinal: true,
  },
  {
    of: ['build'],
    text: /UndefinedParameter/,
    what: 'The build strategy does not know a parameter that the function gives it.',
    remedy: 'Remove it from build.params; build.env is a parameter, too, which only buildpacks know.',
    isFinal: true,
  },
  {
    of: ['build'],
    reason: /BuildRegistrationFailed/,
    what: 'Shipwright refuses the build.',
    remedy: 'Correct build, then deploy again.',
    isFinal: true,
  },
  {
    of: ['build'],
    reason: /Timeout|TimedOut/i,
    what: 'The build took too long.',
    remedy: 'Allow more with build.timeout, or see what takes so long in the log of the build.',
    isFinal: true,
  },
  {
    of: ['build'],
    reason: /Cancell?ed/i,
    what: 'Somebody, or a newer deploy, cancelled the build.',
    remedy: 'Deploy with --force-rollout to build again.',
    isFinal: true,
  },
  {
    of: ['build', 'container'],
    text: /(npm|yarn|pnpm)[^\n]*(ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN)|registry\.npmjs\.org[^\n]*failed|network request to https?:\/\/[^\n]*registry/i,
    what: 'The npm registry cannot be reached from the build.',
    remedy:
      'Let the source bring an .npmrc with a registry that the cluster reaches, for instance registry=https://registry.npmmirror.com',
  },
  {
    of: ['build', 'container'],
    text: /npm ERR! 404|npm error 404|E404/,
    what: 'npm does not find a package that the source needs.',
    remedy: 'Correct the dependencies in package.json, or give the build access to the private registry by an .npmrc.',
  },
  {
    of: ['build'],
    text: /(could not read Username|Authentication failed|Permission denied \(publickey\)|Repository not found|could not read from remote)/i,
    what: 'The Git repository cannot be read.',
    remedy: 'Correct build.srcRepo.url, or name a Secret with access in build.srcRepo.credentials.',
  },
  {
    of: ['build'],
    text: /Could not resolve host|unable to access '?https?:/i,
    what: 'The Git server cannot be reached from the build.',
    remedy: 'Check build.srcRepo.url, and whether the cluster reaches this server.',
  },
  {
    of: ['build'],
    text: /(Remote branch \S+ not found|couldn't find remote ref|unknown revision|did not match any file)/i,
    what: 'The Git repository does not have this revision.',
    remedy: 'Correct build.srcRepo.revision: the name of a branch or tag, or a commit.',
  },
  {
    of: ['build'],
    text: /No buildpack groups passed detection|FUNC_NAME|failed to detect/i,
    what: 'The builder does not recognise the source as a function.',
    remedy: 'Name the function in build.env.FUNC_NAME, and check build.builder and build.srcRepo.sourceSubPath.',
  },
  {
    of: ['build'],
    text: /UNAUTHORIZED|authentication required|no basic auth|denied: |push access denied/i,
    what: 'The registry refuses the image: the build is not logged in.',
    remedy: secretHint,
  },
  {
    of: ['build', 'image', 'serving'],
    text: /no space left on device|ephemeral-storage/i,
    what: 'A disk of the cluster is full.',
    remedy: 'Ask an administrator of the cluster to make room on its nodes.',
  },
  {
    of: image,
    text: /no matching manifest for|exec format error|does not match the (?:specified|expected) platform/i,
    what: 'The image is for machines of another kind than the nodes of this cluster.',
    remedy:
      "Build it for the platform of the nodes; OpenFunction's builders make images for linux/amd64 only. The nodes say theirs with: kubectl get nodes -L kubernetes.io/arch",
  },
  {
    of: image,
    text: /server gave HTTP response to HTTPS client/i,
    what: 'The registry speaks plain HTTP, which is not accepted.',
    remedy: 'Use a registry with TLS, or ask an administrator to let the cluster take this one without.',
  },
  {
    of: image,
    text: /x509/,
    what: 'The certificate of the registry is not trusted.',
    remedy: 'Ask an administrator to let the cluster trust the CA of the registry.',
  },
  {
    of: image,
    text: /toomanyrequests|too many requests|rate limit|\b429\b/i,
    what: 'The registry allows no more pulls for now.',
    remedy: 'Log in to it with imageCredentials, use a mirror, or try later.',
  },
  {
    of: image,
    text: /unauthorized|authentication required|no basic auth|access denied|requested access to the resource is denied|denied:|\b40[13]\b/i,
    what: 'The registry refuses access to the image, or has no such image.',
    remedy: `Check the name of the image. ${secretHint}`,
  },
  {
    of: ['image', 'serving'],
    text: /manifest unknown|not found|does not exist|name unknown|MANIFEST_UNKNOWN|\b404\b/i,
    what: 'The registry has no such image.',
    remedy: 'Check the name and tag of the image, and push it before.',
  },
  {
    of: ['image', 'serving'],
    text: /no such host|i\/o timeout|connection refused|TLS handshake timeout|network is unreachable|context deadline exceeded/i,
    what: 'The registry cannot be reached from the cluster.',
    remedy: 'Check the address of the registry, and whether the nodes reach it; a mirror may help.',
  },
  {
    of: ['container'],
    reason: /^InvalidImageName$/,
    what: 'The name of the image is not valid.',
    remedy: 'Correct image: registry/repository:tag, where the registry and the repository are in lower case.',
    isFinal: true,
  },
  {
    of: ['container'],
    reason: /^ErrImageNeverPull$/,
    what: 'The image is not on the node, and imagePullPolicy: Never forbids to pull it.',
    remedy: 'Leave imagePullPolicy out of serving.template, or put the image on the nodes.',
    isFinal: true,
  },
  {
    of: ['container'],
    text: /exec format error/i,
    what: 'The image is for machines of another kind than the nodes of this cluster.',
    remedy:
      "Build it for the platform of the nodes; OpenFunction's builders make images for linux/amd64 only. The nodes say theirs with: kubectl get nodes -L kubernetes.io/arch",
    isFinal: true,
  },
  {
    of: ['container'],
    reason: /OOMKilled/,
    what: 'The container needs more memory than it may have.',
    remedy:
      'Allow more in serving.template: resources.limits.memory of the container. OpenFunction does not notice a change of that alone: deploy it with --force-rollout.',
  },
  {
    of: ['container'],
    text: /Cannot find module|MODULE_NOT_FOUND/,
    what: 'The program does not find one of its modules.',
    remedy: 'Check main and dependencies in package.json, and that the file is in the image.',
  },
  {
    of: ['container'],
    text: /(Could not load the function|is not defined in|FUNCTION_TARGET|is not a function)/,
    what: 'The program does not find the function.',
    remedy: 'serving.params.FUNCTION_TARGET must be the name that the source exports.',
  },
  {
    of: ['container'],
    text: /DAPR_SIDECAR_COULD_NOT_BE_STARTED/,
    what: 'The function does not reach Dapr.',
    remedy: 'Let Dapr run beside it: serving.annotations["openfunction.io/dapr-service-mode"]: sidecar',
  },
  {
    of: ['container'],
    text: /INIT_COMPONENT_FAILURE|error initializing (input|output) binding|process component \S+ error|failed to init(ialize)? component/i,
    what: 'Dapr cannot set up a component of the function.',
    remedy:
      'Check its metadata in serving.bindings, serving.pubsub or serving.states: the address of the broker, and its credentials.',
  },
  {
    of: ['container'],
    text: /EADDRINUSE/,
    what: 'The port is taken by another container of the pod.',
    remedy: 'Let only the function listen on 8080.',
  },
  {
    of: ['container', 'volume'],
    text: /secrets? "?(?<name>[^"\s]+)"? (?:not found|is forbidden)|couldn't find key \S+ in Secret/i,
    what: 'A Secret that the function needs does not exist, or lacks a key.',
    remedy: 'Create it in the namespace of the function: kubectl create secret generic NAME --from-literal=KEY=…',
    isFinal: true,
  },
  {
    of: ['container', 'volume'],
    text: /configmaps? "?(?<name>[^"\s]+)"? not found|couldn't find key \S+ in ConfigMap/i,
    what: 'A ConfigMap that the function needs does not exist, or lacks a key.',
    remedy: 'Create it in the namespace of the function: kubectl create configmap NAME --from-literal=KEY=…',
    isFinal: true,
  },
  {
    of: ['pod'],
    text: /Insufficient (cpu|memory)/i,
    what: 'No node has room for the pod.',
    remedy: 'Ask for less in serving.template: resources.requests of the containers, or add nodes.',
  },
  {
    of: ['pod'],
    text: /taint|node selector|affinity|node\(s\) didn't match/i,
    what: 'No node is allowed to take the pod.',
    remedy: 'Correct nodeSelector, affinity and tolerations in serving.template.',
  },
  {
    of: ['pod', 'serving'],
    text: /exceeded quota/i,
    what: 'The quota of the namespace is used up.',
    remedy: 'Ask for less in serving.template: resources of the containers, or ask for a larger quota.',
  },
  {
    of: ['serving', 'pod'],
    text: /failed calling webhook|no endpoints available/i,
    what: 'A webhook of the cluster does not respond.',
    remedy: 'Ask an administrator to look after it: kubectl get pods -A',
  },
  {
    of: ['serving'],
    text: /no matches for kind "?Component/i,
    what: 'The cluster has no Dapr.',
    remedy: 'Ask an administrator to install Dapr.',
  },
];

/** The cause of a failure, if it is a known one. */
export function causeOf({ of, reason, message, log = [] }: Symptoms): Cause | undefined {
  const text = [reason, message, ...log].join('\n');
  const cause = causes.find(
    (known) => known.of.includes(of) && (known.reason?.test(reason) ?? true) && (known.text?.test(text) ?? true),
  );
  const name = cause?.text?.exec(text)?.groups?.['name'];
  return cause && name !== undefined ? { ...cause, remedy: cause.remedy.replace('NAME', () => name) } : cause;
}
