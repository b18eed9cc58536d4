import { nearest } from '../../nearest';
import { showText } from '../../redact';
import { errorAt, warningAt, type Problem } from '../problem';
import type { DraftOf } from '../draft';
import type { Container } from '../generated/types';
import { itemsOf, type Rule } from './rule';

const template = ['serving', 'template'] as const;
const functionContainer = 'function';

/** The image runs in the container of this name; without one a second container is added. Source: OpenFunction issue 285. */
export const containerOfFunction: Rule = ({ serving }) => {
  const containers = serving?.template?.containers;
  const names = (containers ?? []).map((container) => container?.name);
  if (names.length === 0 || names.includes(functionContainer) || names.includes(undefined)) return [];
  const only = names.length === 1 ? showText(names[0] ?? '') : 'None of these';
  return [
    errorAt(
      names.length === 1 ? [...template, 'containers', 0, 'name'] : [...template, 'containers'],
      `${only} is ${names.length === 1 ? 'not ' : ''}the container that runs the image: that one is called "function", and OpenFunction would add it, without these settings.`,
      { serving: { template: { containers: [{ name: functionContainer }] } } },
    ),
  ];
};

/** Containers have different names. Kubernetes refuses only the pod, so that the function hangs. */
export const containerNames: Rule = ({ serving }) => {
  const seen = new Set<string>();
  const { containers, initContainers } = serving?.template ?? {};
  const all = [
    ...itemsOf(containers).map(([index, container]) => ['containers', index, container] as const),
    ...itemsOf(initContainers).map(([index, container]) => ['initContainers', index, container] as const),
  ];
  return all.flatMap(([section, index, { name = '' }]) => {
    const path = [...template, section, index, 'name'];
    if (name === '') return [];
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > 63) {
      return [
        errorAt(
          path,
          `${showText(name)} cannot be the name of a container. Use at most 63 lower-case letters, digits and "-".`,
        ),
      ];
    }
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [errorAt(path, `${showText(name)} is the name of another container, too.`)];
  });
};

/** What is mounted is declared. Kubernetes refuses only the pod, so that the function hangs. */
export const volumesExist: Rule = ({ serving }) => {
  const volumes = itemsOf(serving?.template?.volumes).flatMap(([, { name }]) => name ?? []);
  return (['containers', 'initContainers'] as const).flatMap((section) =>
    itemsOf(serving?.template?.[section]).flatMap(([index, { volumeMounts }]) =>
      itemsOf(volumeMounts).flatMap(([mount, { name }]) =>
        name === undefined || volumes.includes(name)
          ? []
          : [errorAt([...template, section, index, 'volumeMounts', mount, 'name'], unknownVolume(name, volumes))],
      ),
    ),
  );
};

function unknownVolume(name: string, volumes: string[]): string {
  const near = nearest(name, volumes);
  const hint = near === undefined ? 'Declare it under serving.template.volumes.' : `Did you mean ${showText(near)}?`;
  return `${showText(name)} is no volume of the template. ${hint}`;
}

/** The pods of a Deployment always restart. Kubernetes refuses another policy, so that the function hangs. */
export const restartPolicy: Rule = ({ serving }) => {
  const policy = serving?.template?.restartPolicy;
  const isJob = serving?.scaleOptions?.keda?.scaledJob !== undefined;
  if (serving?.runtime !== 'async' || isJob || policy === undefined || policy === 'Always') return [];
  return [
    errorAt([...template, 'restartPolicy'], `${showText(policy)} is for Jobs, and the function would hang. Remove it.`),
  ];
};

/** What the controller writes itself. Source: OpenFunction v1.2.0 pkg/core/serving/knative/servingrun.go. */
export const imageOfContainer: Rule = ({ serving }) =>
  containersOfFunction(serving?.template?.containers).flatMap(([index, { image }]) =>
    image === undefined
      ? []
      : [
          warningAt(
            [...template, 'containers', index, 'image'],
            'has no effect: the container "function" runs the image of the function. Remove it.',
          ),
        ],
  );

/** Knative takes one port of a pod, which the controller adds. Source: OpenFunction v1.2.0 knative/servingrun.go:296. */
export const portsOnKnative: Rule = ({ serving }) =>
  serving === undefined || serving.runtime === 'async'
    ? []
    : itemsOf(serving.template?.containers).flatMap(([index, { name, ports }]) => {
        if (!ports?.length) return [];
        const path = [...template, 'containers', index, 'ports'];
        const refused =
          'are refused by Knative, and the function would hang: it takes one port, which OpenFunction adds.';
        return name === functionContainer
          ? [errorAt(path, `${refused} Write it as port, beside image.`, { port: ports[0]?.containerPort ?? 8080 })]
          : [errorAt(path, `${refused} Remove them.`)];
      });

function containersOfFunction(
  containers: readonly (DraftOf<Container> | undefined)[] | undefined,
): [number, DraftOf<Container>][] {
  return itemsOf(containers).filter(([, { name }]) => name === functionContainer);
}

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
const volumeFields = new Set(['name', 'secret', 'configMap', 'projected']);
const volumeFeatures: Readonly<Record<string, string>> = {
  emptyDir: 'kubernetes.podspec-volumes-emptydir',
  persistentVolumeClaim: 'kubernetes.podspec-persistent-volume-claim',
  hostPath: 'kubernetes.podspec-volumes-hostpath',
  csi: 'kubernetes.podspec-volumes-csi',
};

/** What Knative refuses in a pod, so that the function hangs. */
export const podOnKnative: Rule = ({ serving }) => {
  if (serving?.template === undefined || serving.runtime === 'async') return [];
  const { containers, volumes } = serving.template;
  return [
    ...writtenFields(serving.template).flatMap((field) =>
      judge([...template, field], refused.has(field), features[field]),
    ),
    ...itemsOf(containers).flatMap(([index, container]) =>
      containerFields
        .filter((field) => isWritten(container[field]))
        .flatMap((field) => judge([...template, 'containers', index, field], true)),
    ),
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
