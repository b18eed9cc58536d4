import type { Draft } from '../../../../src/props/draft';
import {
  containerOfProxy,
  mountedVolumes,
  podOnKnative,
  portOfProxy,
  variablesOfKnative,
} from '../../../../src/props/rules/knative';
import { ask, examples } from './support';

type Serving = NonNullable<Draft['serving']>;
type Template = NonNullable<Serving['template']>;

const withTemplate = (template: Template, serving: Serving = {}): Draft => ({ serving: { ...serving, template } });
/** How a function says that Knative runs it. */
const sync = [undefined, 'knative'] as const;

test.each([portOfProxy, variablesOfKnative, containerOfProxy, mountedVolumes, podOnKnative])(
  'nothing is wrong with nothing (%#)',
  (rule) => {
    const nothing = [
      {},
      { serving: {} },
      withTemplate({}),
      withTemplate({ containers: [], volumes: [] }),
      withTemplate({ containers: [undefined, {}], volumes: [undefined, {}] }, { params: {} }),
    ];
    for (const props of nothing) expect(ask(rule, props)).toEqual([]);
  },
);

describe('the port', () => {
  test.each([8008, 8012, 8013, 8022, 9090, 9091])('%i is one of Knative', (port) => {
    for (const runtime of sync) {
      expect(ask(portOfProxy, { port, serving: { runtime } })).toEqual([
        `error port: ${port} is a port of Knative itself, which refuses the function. Use another one, such as 8080.`,
      ]);
    }
  });

  test.each([80, 8080, 8009, 8021, 9089, 9092])('%i is fine', (port) => {
    expect(ask(portOfProxy, { port, serving: {} })).toEqual([]);
  });

  test.each<[string, Draft]>([
    ['of an async function', { port: 8012, serving: { runtime: 'async' } }],
    ['of what is only built', { port: 8012 }],
    ['that is not known', { port: undefined, serving: {} }],
  ])('one %s is fine', (_title, props) => {
    expect(ask(portOfProxy, props)).toEqual([]);
  });
});

describe('environment variables', () => {
  test.each([
    ['PORT', 'PORT is set by Knative itself, which refuses the function. Write port, beside image.'],
    ['K_SERVICE', 'K_SERVICE is set by Knative itself, which refuses the function. Remove it.'],
    ['K_CONFIGURATION', 'K_CONFIGURATION is set by Knative itself, which refuses the function. Remove it.'],
    ['K_REVISION', 'K_REVISION is set by Knative itself, which refuses the function. Remove it.'],
  ])('%s is set by Knative', (name, message) => {
    const env = [{ name: 'A', value: 'b' }, undefined, { name, value: 'x' }];
    for (const runtime of sync) {
      expect(ask(variablesOfKnative, { serving: { runtime, params: { A: 'b', [name]: 'x' } } })).toEqual([
        `warning serving.params.${name}: ${message}`,
      ]);
      expect(ask(variablesOfKnative, withTemplate({ containers: [{ name: 'function', env }] }, { runtime }))).toEqual([
        `warning serving.template.containers[0].env[2].name: ${message}`,
      ]);
    }
  });

  test('are told wherever they stand', () => {
    const containers = [
      undefined,
      { name: 'function', env: [{ name: 'K_SERVICE' }] },
      { name: 'proxy', env: [{ name: 'K_REVISION' }, { name: 'K_CONFIGURATION' }] },
    ];
    expect(ask(variablesOfKnative, withTemplate({ containers }, { params: { K_SERVICE: 's' } }))).toEqual([
      'warning serving.params.K_SERVICE: K_SERVICE is set by Knative itself, which refuses the function. Remove it.',
      'warning serving.template.containers[1].env[0].name: K_SERVICE is set by Knative itself, which refuses the function. Remove it.',
      'warning serving.template.containers[2].env[0].name: K_REVISION is set by Knative itself, which refuses the function. Remove it.',
      'warning serving.template.containers[2].env[1].name: K_CONFIGURATION is set by Knative itself, which refuses the function. Remove it.',
    ]);
  });

  const containers = [{ name: 'function', env: [{ name: 'PORT' }] }];

  test.each<[string, Draft]>([
    ['with other names', { serving: { params: { port: '1', K_SERVICES: 's', MY_PORT: '2', k_service: 's' } } }],
    ['of an async function', withTemplate({ containers }, { runtime: 'async', params: { PORT: '80' } })],
    ['without a name', withTemplate({ containers: [{ name: 'function', env: [{ value: 'PORT' }, undefined] }] })],
    ['without a value that is known', { serving: { params: { PORT: undefined } } }],
    ['of another container, but for PORT', withTemplate({ containers: [{ name: 'proxy', env: [{ name: 'PORT' }] }] })],
    ['of a build', { build: { env: { PORT: '80' } }, serving: {} }],
  ])('those %s are fine', (_title, props) => {
    expect(ask(variablesOfKnative, props)).toEqual([]);
  });
});

describe('the container of Knative', () => {
  test.each(sync)('gives its name to no other one, with runtime %s', (runtime) => {
    const containers = [{ name: 'function' }, undefined, { name: 'queue-proxy' }];
    expect(ask(containerOfProxy, withTemplate({ containers }, { runtime }))).toEqual([
      'error serving.template.containers[2].name: "queue-proxy" is the container of Knative itself. Choose another name.',
    ]);
  });

  test.each<[string, Draft]>([
    ['of another name', withTemplate({ containers: [{ name: 'queue-proxy-2' }, { name: 'proxy' }] })],
    ['of an async function', withTemplate({ containers: [{ name: 'queue-proxy' }] }, { runtime: 'async' })],
    ['without a name', withTemplate({ containers: [{}] })],
  ])('one %s is fine', (_title, props) => {
    expect(ask(containerOfProxy, props)).toEqual([]);
  });
});

describe('volumes', () => {
  const mounting = (...names: string[]): Template['containers'] => [
    { name: 'function', volumeMounts: [undefined, ...names.map((name) => ({ name, mountPath: `/${name}` }))] },
  ];
  const unmounted = 'is mounted by no container; Knative refuses it, and the function would hang. Mount or remove it.';

  test.each<[string, Template, string[]]>([
    [
      'while there are no containers',
      { volumes: [{ name: 'data' }] },
      [`error serving.template.volumes[0]: ${unmounted}`],
    ],
    [
      'while others are',
      { containers: mounting('b'), volumes: [{ name: 'a' }, undefined, { name: 'b' }, { name: 'c' }] },
      [`error serving.template.volumes[0]: ${unmounted}`, `error serving.template.volumes[3]: ${unmounted}`],
    ],
    [
      'for a slip',
      { containers: mounting('confg'), volumes: [{ name: 'config' }] },
      [`error serving.template.volumes[0]: ${unmounted}`],
    ],
  ])('are not mounted %s', (_title, template, expected) => {
    for (const runtime of sync) expect(ask(mountedVolumes, withTemplate(template, { runtime }))).toEqual(expected);
  });

  test.each<[string, Draft]>([
    ['are mounted', withTemplate({ containers: mounting('a', 'b'), volumes: [{ name: 'b' }, { name: 'a' }] })],
    [
      'are mounted by another container',
      withTemplate({
        containers: [undefined, { name: 'function' }, { name: 'proxy', volumeMounts: [{ name: 'a' }] }],
        volumes: [{ name: 'a' }],
      }),
    ],
    ['are mounted twice', withTemplate({ containers: mounting('a', 'a'), volumes: [{ name: 'a' }] })],
    ['have no name', withTemplate({ containers: mounting('a'), volumes: [{ emptyDir: {} }] })],
    ['belong to an async function', withTemplate({ volumes: [{ name: 'a' }] }, { runtime: 'async' })],
  ])('that %s are fine', (_title, props) => {
    expect(ask(mountedVolumes, props)).toEqual([]);
  });
});

describe('a startupProbe', () => {
  const startupProbe = { httpGet: { path: '/', port: 8080 } };
  const late = 'is refused by Knative before 1.16, and the function hangs there. Use readinessProbe.';

  test.each(sync)('is a matter of the release of Knative, in any container, with runtime %s', (runtime) => {
    const containers = [{ name: 'function', startupProbe }, undefined, { name: 'proxy', startupProbe: {} }];
    const props = withTemplate({ containers }, { runtime });
    expect(ask(podOnKnative, props)).toEqual([
      `warning serving.template.containers[0].startupProbe: ${late}`,
      `warning serving.template.containers[2].startupProbe: ${late}`,
    ]);
    expect(examples(podOnKnative, props)).toEqual([undefined, undefined]);
  });

  test('is told after what Knative never takes', () => {
    expect(ask(podOnKnative, withTemplate({ containers: [{ name: 'function', startupProbe, tty: true }] }))).toEqual([
      'error serving.template.containers[0].tty: is refused by Knative, and the function would hang. Remove it, or write runtime: async.',
      `warning serving.template.containers[0].startupProbe: ${late}`,
    ]);
  });

  test.each<[string, Draft]>([
    ['of an async function', withTemplate({ containers: [{ name: 'function', startupProbe }] }, { runtime: 'async' })],
    ['that is not known', withTemplate({ containers: [{ name: 'function', startupProbe: undefined }] })],
    [
      'that is one of the others',
      withTemplate({ containers: [{ name: 'function', readinessProbe: startupProbe, livenessProbe: startupProbe }] }),
    ],
  ])('%s is fine', (_title, props) => {
    expect(ask(podOnKnative, props)).toEqual([]);
  });
});
