import type { Draft } from '../../../../src/props/draft';
import {
  containerNames,
  containerOfFunction,
  imageOfContainer,
  restartPolicy,
  volumesExist,
} from '../../../../src/props/rules/template';
import { podOnKnative, portsOnKnative } from '../../../../src/props/rules/knative';
import { ask, examples } from './support';

type Serving = NonNullable<Draft['serving']>;
type Template = NonNullable<Serving['template']>;

const withTemplate = (template: Template, serving: Serving = {}): Draft => ({ serving: { ...serving, template } });

test.each([
  containerOfFunction,
  containerNames,
  volumesExist,
  restartPolicy,
  imageOfContainer,
  portsOnKnative,
  podOnKnative,
])('nothing is wrong with nothing (%#)', (rule) => {
  const nothing = [{}, { serving: {} }, withTemplate({}), withTemplate({ containers: [] })];
  for (const props of nothing) expect(ask(rule, props)).toEqual([]);
});

describe('the container of the function', () => {
  test('has another name', () => {
    const props = withTemplate({ containers: [{ name: 'app' }] });
    expect(ask(containerOfFunction, props)).toEqual([
      'error serving.template.containers[0].name: "app" is not the container that runs the image: that one is called "function", and OpenFunction would add it, without these settings.',
    ]);
    expect(examples(containerOfFunction, props)).toEqual([
      { serving: { template: { containers: [{ name: 'function' }] } } },
    ]);
  });

  test('is not among several', () => {
    expect(ask(containerOfFunction, withTemplate({ containers: [{ name: 'app' }, { name: 'proxy' }] }))).toEqual([
      'error serving.template.containers: None of these is the container that runs the image: that one is called "function", and OpenFunction would add it, without these settings.',
    ]);
  });

  test.each<[string, Template]>([
    ['is there alone', { containers: [{ name: 'function' }] }],
    ['is not the first', { containers: [{ name: 'proxy' }, undefined, { name: 'function' }] }],
    ['may be the one whose name is not known', { containers: [{ name: 'proxy' }, {}] }],
    ['is no matter of initContainers', { initContainers: [{ name: 'setup' }] }],
  ])('%s', (_title, template) => {
    expect(ask(containerOfFunction, withTemplate(template))).toEqual([]);
  });
});

describe('names of containers', () => {
  test('differ, also from those of initContainers', () => {
    const containers = [{ name: 'function' }, undefined, { name: 'proxy' }, { name: 'proxy' }];
    expect(ask(containerNames, withTemplate({ containers, initContainers: [{ name: 'function' }] }))).toEqual([
      'error serving.template.containers[3].name: "proxy" is the name of another container, too.',
      'error serving.template.initContainers[0].name: "function" is the name of another container, too.',
    ]);
  });

  test.each(['Function', 'my_app', '-app', 'app-', 'a.b', 'a'.repeat(64)])('"%s" is none', (name) => {
    expect(ask(containerNames, withTemplate({ containers: [{ name: 'function' }, { name }] }))).toEqual([
      `error serving.template.containers[1].name: "${name}" cannot be the name of a container. Use at most 63 lower-case letters, digits and "-".`,
    ]);
  });

  test.each(['a', '1', 'my-app-2', 'a'.repeat(63)])('%s is one', (name) => {
    expect(
      ask(containerNames, withTemplate({ containers: [{ name: 'function' }], initContainers: [{ name }] })),
    ).toEqual([]);
  });

  test('that are missing are left to the schema', () => {
    expect(ask(containerNames, withTemplate({ containers: [{}, {}, { name: '' }, { name: '' }] }))).toEqual([]);
  });
});

describe('volumes', () => {
  const mount = (name: string | undefined): Template['containers'] => [
    { name: 'function', volumeMounts: [undefined, { name, mountPath: '/data' }] },
  ];

  test.each<[string, Template, string]>([
    [
      'a slip',
      { containers: mount('confg'), volumes: [{ name: 'config' }] },
      'error serving.template.containers[0].volumeMounts[1].name: "confg" is no volume of the template. Did you mean "config"?',
    ],
    [
      'a volume that is far from all',
      { containers: mount('data'), volumes: [{ name: 'config' }] },
      'error serving.template.containers[0].volumeMounts[1].name: "data" is no volume of the template. Declare it under serving.template.volumes.',
    ],
    [
      'a volume while there is none',
      { containers: mount('data') },
      'error serving.template.containers[0].volumeMounts[1].name: "data" is no volume of the template. Declare it under serving.template.volumes.',
    ],
    [
      'a volume of an initContainer',
      { initContainers: mount('data'), volumes: [] },
      'error serving.template.initContainers[0].volumeMounts[1].name: "data" is no volume of the template. Declare it under serving.template.volumes.',
    ],
  ])('%s is not there', (_title, template, expected) => {
    expect(ask(volumesExist, withTemplate(template))).toEqual([expected]);
  });

  test.each<[string, Template]>([
    ['declared', { containers: mount('data'), volumes: [{ name: 'config' }, { name: 'data' }] }],
    ['declared and not mounted', { containers: [{ name: 'function', volumeMounts: [] }], volumes: [{ name: 'data' }] }],
    ['mounted without a name', { containers: mount(undefined) }],
  ])('one that is %s is fine', (_title, template) => {
    expect(ask(volumesExist, withTemplate(template))).toEqual([]);
  });
});

describe('the restart policy', () => {
  test.each(['Never', 'OnFailure'] as const)('%s makes an async function hang', (policy) => {
    expect(ask(restartPolicy, withTemplate({ restartPolicy: policy }, { runtime: 'async' }))).toEqual([
      `error serving.template.restartPolicy: "${policy}" is for Jobs, and the function would hang. Remove it.`,
    ]);
  });

  test.each<[string, Draft]>([
    ['Always', withTemplate({ restartPolicy: 'Always' }, { runtime: 'async' })],
    ['left out', withTemplate({}, { runtime: 'async' })],
    [
      'that of Jobs',
      withTemplate({ restartPolicy: 'Never' }, { runtime: 'async', scaleOptions: { keda: { scaledJob: {} } } }),
    ],
    ['of no matter on Knative, which takes none', withTemplate({ restartPolicy: 'Never' })],
  ])('may be %s', (_title, props) => {
    expect(ask(restartPolicy, props)).toEqual([]);
  });
});

describe('image and ports of the container', () => {
  test('an image has no effect', () => {
    const template: Template = {
      containers: [
        { name: 'proxy', image: 'p:v1' },
        { name: 'function', image: 'i:v1' },
      ],
    };
    for (const runtime of [undefined, 'knative', 'async'] as const) {
      expect(ask(imageOfContainer, withTemplate(template, { runtime }))).toEqual([
        'warning serving.template.containers[1].image: has no effect: the container "function" runs the image of the function. Remove it.',
      ]);
    }
    expect(ask(imageOfContainer, withTemplate({ containers: [{ name: 'function' }] }))).toEqual([]);
  });

  test.each([undefined, 'knative'] as const)('ports of any container are refused with runtime %s', (runtime) => {
    const ports = [{ containerPort: 9000 }];
    const props = withTemplate(
      { containers: [undefined, { name: 'function', ports }, { name: 'proxy', ports }, { ports }] },
      { runtime },
    );
    expect(ask(portsOnKnative, props)).toEqual([
      'error serving.template.containers[1].ports: are refused by Knative, and the function would hang: it takes one port, which OpenFunction adds. Write it as port, beside image.',
      'error serving.template.containers[2].ports: are refused by Knative, and the function would hang: it takes one port, which OpenFunction adds. Remove them.',
      'error serving.template.containers[3].ports: are refused by Knative, and the function would hang: it takes one port, which OpenFunction adds. Remove them.',
    ]);
    expect(examples(portsOnKnative, props)).toEqual([{ port: 9000 }, undefined, undefined]);
  });

  test('a port that is not known is proposed as the usual one', () => {
    const props = withTemplate({ containers: [{ name: 'function', ports: [undefined] }] });
    expect(examples(portsOnKnative, props)).toEqual([{ port: 8080 }]);
  });

  test.each<[string, Draft]>([
    ['none', withTemplate({ containers: [{ name: 'function' }] })],
    [
      'an empty list',
      withTemplate({
        containers: [
          { name: 'function', ports: [] },
          { name: 'proxy', ports: [] },
        ],
      }),
    ],
    [
      'those of an async function',
      withTemplate(
        { containers: ['function', 'proxy'].map((name) => ({ name, ports: [{ containerPort: 9000 }] })) },
        { runtime: 'async' },
      ),
    ],
  ])('ports: %s is fine', (_title, props) => {
    expect(ask(portsOnKnative, props)).toEqual([]);
  });
});

describe('a pod on Knative', () => {
  const function_ = { name: 'function' };
  const refused = 'is refused by Knative, and the function would hang. Remove it, or write runtime: async.';
  const needsFeature = (feature: string): string =>
    `is refused by Knative, and the function hangs, unless the feature ${feature} of Knative is on. Ask an administrator.`;

  test.each<[string, Template, string[]]>([
    [
      'fields of the pod',
      { containers: [function_], restartPolicy: 'Always', terminationGracePeriodSeconds: 5, nodeName: 'node-1' },
      [
        `error serving.template.restartPolicy: ${refused}`,
        `error serving.template.terminationGracePeriodSeconds: ${refused}`,
        `error serving.template.nodeName: ${refused}`,
      ],
    ],
    [
      'fields of any container',
      {
        containers: [
          { ...function_, stdin: true, tty: true },
          undefined,
          { name: 'proxy', lifecycle: { preStop: {} } },
        ],
      },
      [
        `error serving.template.containers[0].stdin: ${refused}`,
        `error serving.template.containers[0].tty: ${refused}`,
        `error serving.template.containers[2].lifecycle: ${refused}`,
      ],
    ],
    [
      'fields that need a feature',
      { nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'gpu' }], initContainers: [{ name: 'setup' }] },
      [
        `warning serving.template.nodeSelector: ${needsFeature('kubernetes.podspec-nodeselector')}`,
        `warning serving.template.tolerations: ${needsFeature('kubernetes.podspec-tolerations')}`,
        `warning serving.template.initContainers: ${needsFeature('kubernetes.podspec-init-containers')}`,
      ],
    ],
    [
      'namespaces of the node, which need a feature, too',
      { hostNetwork: true, hostPID: true, hostIPC: true, shareProcessNamespace: true },
      [
        `warning serving.template.hostNetwork: ${needsFeature('kubernetes.podspec-hostnetwork')}`,
        `warning serving.template.hostPID: ${needsFeature('kubernetes.podspec-hostpid')}`,
        `warning serving.template.hostIPC: ${needsFeature('kubernetes.podspec-hostipc')}`,
        `warning serving.template.shareProcessNamespace: ${needsFeature('kubernetes.podspec-shareprocessnamespace')}`,
      ],
    ],
    [
      'numbers and maps, whatever their value',
      { terminationGracePeriodSeconds: 0, priority: 0, affinity: {}, securityContext: {} },
      [
        `error serving.template.terminationGracePeriodSeconds: ${refused}`,
        `error serving.template.priority: ${refused}`,
        `warning serving.template.affinity: ${needsFeature('kubernetes.podspec-affinity')}`,
        `warning serving.template.securityContext: ${needsFeature('kubernetes.podspec-securitycontext')}`,
      ],
    ],
    [
      'volumes',
      {
        volumes: [
          { name: 'a', persistentVolumeClaim: { claimName: 'c' } },
          undefined,
          { name: 'b', downwardAPI: {} },
          { name: 'c', configMap: { name: 'm' } },
          { name: 'd', emptyDir: {} },
          { name: 'e', hostPath: { path: '/' } },
          { name: 'f', csi: { driver: 'd' } },
        ],
      },
      [
        `warning serving.template.volumes[0].persistentVolumeClaim: ${needsFeature('kubernetes.podspec-persistent-volume-claim')}`,
        `error serving.template.volumes[2].downwardAPI: ${refused}`,
        `warning serving.template.volumes[4].emptyDir: ${needsFeature('kubernetes.podspec-volumes-emptydir')}`,
        `warning serving.template.volumes[5].hostPath: ${needsFeature('kubernetes.podspec-volumes-hostpath')}`,
        `warning serving.template.volumes[6].csi: ${needsFeature('kubernetes.podspec-volumes-csi')}`,
      ],
    ],
  ])('%s', (_title, template, expected) => {
    for (const runtime of [undefined, 'knative'] as const) {
      expect(ask(podOnKnative, withTemplate(template, { runtime }))).toEqual(expected);
    }
    expect(ask(podOnKnative, withTemplate(template, { runtime: 'async' }))).toEqual([]);
  });

  test('what Knative takes is fine', () => {
    const template: Template = {
      containers: [
        {
          ...function_,
          env: [{ name: 'A', value: 'b' }],
          resources: { limits: { cpu: '1' } },
          readinessProbe: { httpGet: { path: '/', port: 8080 } },
          volumeMounts: [{ name: 'config', mountPath: '/config' }],
        },
      ],
      serviceAccountName: 'me',
      imagePullSecrets: [{ name: 'pull' }],
      automountServiceAccountToken: false,
      volumes: [
        { name: 'config', configMap: { name: 'm' } },
        { name: 'secret', secret: { secretName: 's' } },
        { name: 'both', projected: { sources: [] } },
      ],
    };
    expect(ask(podOnKnative, withTemplate(template))).toEqual([]);
  });

  test('what is empty is left out on the way', () => {
    const template: Template = {
      containers: [
        { ...function_, stdin: false, stdinOnce: false, tty: false, volumeDevices: [], lifecycle: undefined },
      ],
      hostNetwork: false,
      hostPID: false,
      hostIPC: false,
      nodeName: '',
      hostname: '',
      schedulerName: '',
      restartPolicy: undefined,
      readinessGates: [],
      tolerations: [],
      hostAliases: [],
      initContainers: [],
      topologySpreadConstraints: [],
      volumes: [{ name: 'config', configMap: { name: 'm' }, emptyDir: undefined }],
    };
    expect(ask(podOnKnative, withTemplate(template))).toEqual([]);
  });
});
