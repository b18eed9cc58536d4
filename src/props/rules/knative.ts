import { errorAt, warningAt, type Problem } from '../problem';
import { entriesOf, itemsOf, type Rule } from './rule';
import { isSync } from './runtime';
import { functionContainer } from './template';

const template = ['serving', 'template'] as const;

/** Knative takes one port of a pod, which the controller adds. Source: OpenFunction v1.2.0 knative/servingrun.go:296. */
export const portsOnKnative: Rule = (props) => {
  if (!isSync(props)) return [];
  return itemsOf(props.serving?.template?.containers).flatMap(([index, { name, ports }]) => {
    if (!ports?.length) return [];
    const path = [...template, 'containers', index, 'ports'];
    const why = 'are refused by Knative, and the function would hang: it takes one port, which OpenFunction adds.';
    return name === functionContainer
      ? [errorAt(path, `${why} Write it as port, beside image.`, { port: ports[0]?.containerPort ?? 8080 })]
      : [errorAt(path, `${why} Remove them.`)];
  });
};

/** Source: Knative 1.3 pkg/apis/serving/k8s_validation.go, reservedPorts. */
const reservedPorts = [8008, 8012, 8013, 8022, 9090, 9091];

/** Ports of the proxy that Knative puts beside the function. */
export const portOfProxy: Rule = (props) =>
  isSync(props) && props.port !== undefined && reservedPorts.includes(props.port)
    ? [
        errorAt(
          ['port'],
          `${props.port} is a port of Knative itself, which refuses the function. Use another one, such as 8080.`,
        ),
      ]
    : [];

/** Source: Knative 1.3 pkg/apis/serving/k8s_validation.go, reservedEnvVars. */
const reservedVariables = ['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'];

/** Environment variables that Knative sets. A warning: it was read in Knative alone, not seen through OpenFunction. */
export const variablesOfKnative: Rule = (props) => {
  if (!isSync(props)) return [];
  const { params, template: pod } = props.serving ?? {};
  const written = [
    ...entriesOf(params).map(([name]) => ({ name, path: ['serving', 'params', name], isOfSidecar: false })),
    ...itemsOf(pod?.containers).flatMap(([index, { env, name: container }]) =>
      itemsOf(env).map(([variable, { name }]) => ({
        name,
        path: [...template, 'containers', index, 'env', variable, 'name'],
        isOfSidecar: container !== functionContainer,
      })),
    ),
  ];
  return written
    .filter(({ name = '', isOfSidecar }) => reservedVariables.includes(name) && !(isOfSidecar && name === 'PORT'))
    .map(({ name, path }) =>
      warningAt(
        path,
        `${name} is set by Knative itself, which refuses the function. ${name === 'PORT' ? 'Write port, beside image.' : 'Remove it.'}`,
      ),
    );
};

/** Source: Knative 1.3 pkg/apis/serving/k8s_validation.go, reservedContainerNames. */
export const containerOfProxy: Rule = (props) =>
  isSync(props)
    ? itemsOf(props.serving?.template?.containers)
        .filter(([, { name }]) => name === 'queue-proxy')
        .map(([index]) =>
          errorAt(
            [...template, 'containers', index, 'name'],
            '"queue-proxy" is the container of Knative itself. Choose another name.',
          ),
        )
    : [];

/** Knative takes no volume that nothing mounts. Source: Knative 1.3 pkg/apis/serving/k8s_validation.go. */
export const mountedVolumes: Rule = (props) => {
  if (!isSync(props)) return [];
  const { containers, initContainers, volumes } = props.serving?.template ?? {};
  const mounted = [...itemsOf(containers), ...itemsOf(initContainers)].flatMap(([, { volumeMounts }]) =>
    itemsOf(volumeMounts).map(([, { name }]) => name),
  );
  return itemsOf(volumes)
    .filter(([, { name }]) => name !== undefined && !mounted.includes(name))
    .map(([index]) =>
      errorAt(
        [...template, 'volumes', index],
        'is mounted by no container; Knative refuses it, and the function would hang. Mount or remove it.',
      ),
    );
};

/** Fields of a PodSpec that Knative never takes. Source: Knative 1.3 pkg/apis/serving/fieldmask.go. */
const refused = new Set([
  'restartPolicy', 'terminationGracePeriodSeconds', 'activeDeadlineSeconds', 'nodeName', 'hostname', 'subdomain', 'setHostnameAsFQDN', 'priority', 'preemptionPolicy', 'readinessGates', 'schedulingGates', 'overhead', 'os',
  'hostUsers', 'resourceClaims', 'serviceAccount',
]); // prettier-ignore

/** Fields that it takes when an administrator has switched on the feature. Source: the same, and later releases. */
const features: Readonly<Record<string, string>> = {
  affinity: 'kubernetes.podspec-affinity',
  topologySpreadConstraints: 'kubernetes.podspec-topologyspreadconstraints',
  hostAliases: 'kubernetes.podspec-hostaliases',
  nodeSelector: 'kubernetes.podspec-nodeselector',
  runtimeClassName: 'kubernetes.podspec-runtimeclassname',
  tolerations: 'kubernetes.podspec-tolerations',
  securityContext: 'kubernetes.podspec-securitycontext',
  priorityClassName: 'kubernetes.podspec-priorityclassname',
  schedulerName: 'kubernetes.podspec-schedulername',
  initContainers: 'kubernetes.podspec-init-containers',
  dnsPolicy: 'kubernetes.podspec-dnspolicy',
  dnsConfig: 'kubernetes.podspec-dnsconfig',
  hostNetwork: 'kubernetes.podspec-hostnetwork',
  hostPID: 'kubernetes.podspec-hostpid',
  hostIPC: 'kubernetes.podspec-hostipc',
  shareProcessNamespace: 'kubernetes.podspec-shareprocessnamespace',
};

const containerFields = ['lifecycle', 'stdin', 'stdinOnce', 'tty', 'volumeDevices'] as const;
/** Knative takes it since 1.16; OpenFunction brings 1.3. Source: Knative, pull request 15309. */
const startupProbe = 'is refused by Knative before 1.16, and the function hangs there. Use readinessProbe.';
const volumeFields = new Set(['name', 'secret', 'configMap', 'projected']);
const volumeFeatures: Readonly<Record<string, string>> = {
  emptyDir: 'kubernetes.podspec-volumes-emptydir',
  persistentVolumeClaim: 'kubernetes.podspec-persistent-volume-claim',
  hostPath: 'kubernetes.podspec-volumes-hostpath',
  csi: 'kubernetes.podspec-volumes-csi',
};

/** What Knative refuses in a pod, so that the function hangs. */
export const podOnKnative: Rule = (props) => {
  const pod = props.serving?.template;
  if (pod === undefined || !isSync(props)) return [];
  const { containers, volumes } = pod;
  return [
    ...writtenFields(pod).flatMap((field) => judge([...template, field], refused.has(field), features[field])),
    ...itemsOf(containers).flatMap(([index, container]) =>
      containerFields
        .filter((field) => isWritten(container[field]))
        .flatMap((field) => judge([...template, 'containers', index, field], true)),
    ),
    ...itemsOf(containers)
      .filter(([, container]) => container.startupProbe !== undefined)
      .map(([index]) => warningAt([...template, 'containers', index, 'startupProbe'], startupProbe)),
    ...itemsOf(volumes).flatMap(([index, volume]) =>
      writtenFields(volume)
        .filter((field) => !volumeFields.has(field))
        .flatMap((field) =>
          judge([...template, 'volumes', index, field], !volumeFeatures[field], volumeFeatures[field]),
        ),
    ),
  ];
};

/** Fields with a value that is sent to Knative: empty ones are left out on the way. */
function writtenFields(object: object): string[] {
  return Object.entries(object)
    .filter(([, value]) => isWritten(value))
    .map(([field]) => field);
}

function isWritten(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== false && value !== '';
}

function judge(path: (string | number)[], isRefused: boolean, feature?: string): Problem[] {
  if (isRefused) {
    return [errorAt(path, 'is refused by Knative, and the function would hang. Remove it, or write runtime: async.')];
  }
  if (feature === undefined) return [];
  return [
    warningAt(
      path,
      `is refused by Knative, and the function hangs, unless the feature ${feature} of Knative is on. Ask an administrator.`,
    ),
  ];
}
