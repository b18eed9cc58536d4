import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apply as applyMergePatch } from 'json-merge-patch';
import { manifestOrigin, propsOrigin } from '../../../src/props/origin';
import type { Path } from '../../../src/path';
import type { Problem } from '../../../src/props/problem';
import { validateProps } from '../../../src/props/validate';

const inProps = propsOrigin('hello', '/p/s.yaml');
const image = 'me/hello:v1';

/** Valid as they are: what someone adds to them is the only mistake. */
const onServing = (serving: object): object => ({ image, serving });
const onBuild = (build: object): object => ({
  image,
  serving: {},
  build: { builder: 'me/builder:v1', srcRepo: { url: 'https://example.com/me/functions.git' }, ...build },
});
const onPack = (pack: object): object => ({ image, serving: {}, pack: { builder: 'me/builder:v1', ...pack } });
const onInput = (input: object): object => onServing({ runtime: 'async', inputs: [{ name: 'in', ...input }] });
const onOutput = (output: object): object => onServing({ outputs: [{ name: 'out', ...output }] });
const onKeda = (keda: object): object => onServing({ runtime: 'async', scaleOptions: { keda } });

/** A property that is none: its key in the table, props with it alone, its place, what is said of it, and the example. */
interface Mistake {
  key: string;
  props: object;
  place: Path;
  advice: string;
  example?: object;
}

const variables = {
  advice: 'Environment variables of the function are "serving.params".',
  example: { serving: { params: { NAME: 'value' } } },
};
const source = {
  advice: 'It belongs under "build.srcRepo".',
  example: {
    build: { srcRepo: { url: 'https://github.com/me/functions.git', revision: 'main', sourceSubPath: 'src' } },
  },
};
const besideServing = 'It is a property of the function: write it beside "serving".';

const mistakes: Mistake[] = [
  { key: 'env', props: { image, serving: {}, env: { A: 'b' } }, place: ['env'], ...variables },
  { key: 'serving.env', props: onServing({ env: { A: 'b' } }), place: ['serving', 'env'], ...variables },
  { key: 'serving.envs', props: onServing({ envs: [] }), place: ['serving', 'envs'], ...variables },
  {
    key: 'serving.environment',
    props: onServing({ environment: {} }),
    place: ['serving', 'environment'],
    ...variables,
  },
  {
    key: 'serving.image',
    props: onServing({ image }),
    place: ['serving', 'image'],
    advice: 'The image is a property of the function: write it beside "serving".',
  },
  {
    key: 'serving.port',
    props: onServing({ port: 8080 }),
    place: ['serving', 'port'],
    advice: 'The port is a property of the function: write it beside "serving".',
  },
  {
    key: 'serving.route',
    props: onServing({ route: {} }),
    place: ['serving', 'route'],
    advice: 'The route is a property of the function: write it beside "serving".',
  },
  {
    key: 'serving.imageCredentials',
    props: onServing({ imageCredentials: { name: 's' } }),
    place: ['serving', 'imageCredentials'],
    advice: besideServing,
  },
  {
    key: 'serving.containers',
    props: onServing({ containers: [{ name: 'function' }] }),
    place: ['serving', 'containers'],
    advice: 'Containers are a part of "serving.template".',
    example: { serving: { template: { containers: [{ name: 'function' }] } } },
  },
  {
    key: 'serving.resources',
    props: onServing({ resources: { requests: { memory: '64Mi' } } }),
    place: ['serving', 'resources'],
    advice: 'Resources belong to the container "function".',
    example: {
      serving: { template: { containers: [{ name: 'function', resources: { requests: { memory: '128Mi' } } }] } },
    },
  },
  {
    key: 'serving.replicas',
    props: onServing({ replicas: 2 }),
    place: ['serving', 'replicas'],
    advice: 'The number of replicas is scaled between two bounds.',
    example: { serving: { scaleOptions: { minReplicas: 1, maxReplicas: 10 } } },
  },
  {
    key: 'serving.hooks',
    props: onServing({ hooks: { pre: ['plugin-a'] } }),
    place: ['serving', 'hooks'],
    advice: 'It is of v1beta2; v1beta1 has an annotation for it.',
    example: { annotations: { plugins: 'pre:\n- plugin-a\npost:\n- plugin-a\n' } },
  },
  {
    key: 'serving.tracing',
    props: onServing({ tracing: { enabled: true } }),
    place: ['serving', 'tracing'],
    advice: 'It is of v1beta2; v1beta1 has an annotation for it.',
    example: {
      annotations: {
        'plugins.tracing': 'enabled: true\nprovider:\n  name: skywalking\n  oapServer: localhost:11800\n',
      },
    },
  },
  {
    key: 'serving.workloadType',
    props: onServing({ workloadType: 'StatefulSet' }),
    place: ['serving', 'workloadType'],
    advice: 'It is of v1beta2; v1beta1 has it in the scaledObject, and scales Jobs by scaledJob.',
    example: { serving: { scaleOptions: { keda: { scaledObject: { workloadType: 'StatefulSet' } } } } },
  },
  {
    key: 'serving.inputs.dapr',
    props: onInput({ component: 'c', dapr: { name: 'c' } }),
    place: ['serving', 'inputs', 0, 'dapr'],
    advice: 'It is of v1beta2; in v1beta1 an input names its component itself.',
    example: { serving: { inputs: [{ name: 'in', component: 'my-component', topic: 'my-topic' }] } },
  },
  {
    key: 'serving.outputs.dapr',
    props: onOutput({ component: 'c', dapr: { name: 'c' } }),
    place: ['serving', 'outputs', 0, 'dapr'],
    advice: 'It is of v1beta2; in v1beta1 an output names its component itself.',
    example: { serving: { outputs: [{ name: 'out', component: 'my-component', operation: 'create' }] } },
  },
  {
    key: 'serving.inputs.inputName',
    props: onInput({ component: 'c', inputName: 'in' }),
    place: ['serving', 'inputs', 0, 'inputName'],
    advice: 'It is of v1beta2; in v1beta1 it is "name".',
  },
  {
    key: 'serving.outputs.outputName',
    props: onOutput({ component: 'c', outputName: 'out' }),
    place: ['serving', 'outputs', 0, 'outputName'],
    advice: 'It is of v1beta2; in v1beta1 it is "name".',
  },
  {
    key: 'serving.outputs.metadata',
    props: onOutput({ component: 'c', metadata: {} }),
    place: ['serving', 'outputs', 0, 'metadata'],
    advice: 'It is of v1beta2; in v1beta1 it is "params".',
  },
  {
    key: 'serving.states.*.spec',
    props: onServing({
      states: { 'my.store': { type: 'state.redis', version: 'v1', metadata: [], spec: { type: 'state.redis' } } },
    }),
    place: ['serving', 'states', 'my.store', 'spec'],
    advice: 'It is of v1beta2; in v1beta1 type, version and metadata stand right here.',
  },
  {
    key: 'serving.scaleOptions.keda.triggers',
    props: onKeda({ triggers: [{ type: 'cron', metadata: {} }] }),
    place: ['serving', 'scaleOptions', 'keda', 'triggers'],
    advice: 'It is of v1beta2; in v1beta1 it is "serving.triggers".',
    example: { serving: { triggers: [{ type: 'kafka', metadata: { topic: 'orders', lagThreshold: '10' } }] } },
  },
  {
    key: 'serving.scaleOptions.keda.httpScaledObject',
    props: onKeda({ httpScaledObject: {} }),
    place: ['serving', 'scaleOptions', 'keda', 'httpScaledObject'],
    advice:
      'It is of v1beta2: only there KEDA scales HTTP functions. In v1beta1 Knative does, by "scaleOptions.knative".',
  },
  {
    key: 'serving.scaleOptions.keda.scaledObject.fallback',
    props: onKeda({ scaledObject: { fallback: { replicas: 1, failureThreshold: 1 } } }),
    place: ['serving', 'scaleOptions', 'keda', 'scaledObject', 'fallback'],
    advice: 'It is of v1beta2; OpenFunction 1.1 and earlier have "fallback" in a trigger.',
  },
  {
    key: 'build.shipwright.params',
    props: onBuild({ shipwright: { params: [] } }),
    place: ['build', 'shipwright', 'params'],
    advice: 'It is of v1beta2; in v1beta1 it is "build.params".',
    example: { build: { params: { SKIP_RESTORE: 'true' } } },
  },
  {
    key: 'build.strategy',
    props: onBuild({ strategy: { name: 'buildah' } }),
    place: ['build', 'strategy'],
    advice: 'It belongs under "build.shipwright".',
    example: { build: { shipwright: { strategy: { name: 'buildah', kind: 'ClusterBuildStrategy' } } } },
  },
  {
    key: 'build.state',
    props: onBuild({ state: 'Accepted' }),
    place: ['build', 'state'],
    advice: 'It is a property of the Builder, not of the Function.',
  },
  {
    key: 'build.image',
    props: onBuild({ image }),
    place: ['build', 'image'],
    advice: 'The image is a property of the function: write it beside "build".',
  },
  {
    key: 'build.imageCredentials',
    props: onBuild({ imageCredentials: { name: 's' } }),
    place: ['build', 'imageCredentials'],
    advice: 'It is a property of the function: write it beside "build".',
  },
  { key: 'build.url', props: onBuild({ url: 'u' }), place: ['build', 'url'], ...source },
  { key: 'build.git', props: onBuild({ git: { url: 'u' } }), place: ['build', 'git'], ...source },
  { key: 'build.revision', props: onBuild({ revision: 'main' }), place: ['build', 'revision'], ...source },
  {
    key: 'build.sourceSubPath',
    props: onBuild({ sourceSubPath: 'src' }),
    place: ['build', 'sourceSubPath'],
    ...source,
  },
  {
    key: 'build.bundleContainer',
    props: onBuild({ bundleContainer: {} }),
    place: ['build', 'bundleContainer'],
    ...source,
  },
  {
    key: 'pack.image',
    props: onPack({ image }),
    place: ['pack', 'image'],
    advice: 'The image is a property of the function: write it beside "pack".',
  },
];

const titled = mistakes.map((mistake) => [mistake.key, mistake] as const);

/** Without the question whether all is meant as v1beta2. */
function withoutHint(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ path: place }) => place[0] !== 'apiVersion');
}

test.each([
  [{ serving: { triggers: { http: {} } } }],
  [{ serving: { outputs: [{ dapr: { name: 'a' } }] } }],
  [{ serving: { workloadType: 'Job' } }],
  [{ build: { shipwright: { params: [] } } }],
])('whether all is meant as v1beta2 is asked about %j', async (props) => {
  expect((await validateProps({ image: 'i', ...props }, inProps))[0]).toEqual({
    severity: 'error',
    path: ['apiVersion'],
    message:
      'has to be given if all of this is meant as v1beta2, as a part of it is written. Otherwise correct the following.',
    example: { apiVersion: 'core.openfunction.io/v1beta2' },
  });
});

test.each([
  [{ serving: { runtime: 'asnc' } }],
  [{ apiVersion: 'core.openfunction.io/v1beta2', serving: { triggers: { https: {} } } }],
])('it is not asked about %j', async (props) => {
  const problems = await validateProps({ image: 'i', ...props }, inProps);
  expect(problems).toHaveLength(1);
  expect(withoutHint(problems)).toEqual(problems);
});

describe('properties of v1beta1 in props of v1beta2', () => {
  const apiVersion = 'core.openfunction.io/v1beta2';

  test.each<[string, object, string]>([
    [
      'serving.runtime',
      { serving: { runtime: 'async' } },
      'In v1beta2 the triggers say it: "serving.triggers.http" or "serving.triggers.dapr".',
    ],
    ['serving.inputs', { serving: { inputs: [] } }, 'In v1beta2 it is "serving.triggers.dapr".'],
    ['port', { port: 8080 }, 'In v1beta2 it is "serving.triggers.http.port".'],
    ['build.params', { build: { params: {} } }, 'In v1beta2 it is a list: "build.shipwright.params".'],
    [
      'serving.outputs[0].component',
      { serving: { outputs: [{ component: 'a', dapr: { name: 'a' } }] } },
      'In v1beta2 it is "serving.outputs[0].dapr.name".',
    ],
    ['serving.env', { serving: { env: {} } }, 'Environment variables of the function are "serving.params".'],
  ])('%s is told where it belongs', async (_place, props, advice) => {
    const problems = await validateProps({ apiVersion, image: 'i', ...props }, inProps);
    expect(problems.map(({ message }) => message)).toContain(`is not a known property. ${advice}`);
  });
});

describe('a property that is none', () => {
  test.each(titled)('%s is told with what was meant', async (_key, { props, place, advice, example }) => {
    const expected: Problem = { severity: 'error', path: place, message: `is not a known property. ${advice}` };
    for (const origin of [inProps, manifestOrigin('f.yaml', '/p/f.yaml')]) {
      const [{ meant: _meant, ...problem } = expected, ...others] = withoutHint(await validateProps(props, origin));
      expect([problem, ...others]).toEqual([example ? { ...expected, example } : expected]);
    }
  });

  test('is told wherever it stands in a list', async () => {
    const props = onServing({
      inputs: [
        { name: 'a', component: 'c' },
        { name: 'b', component: 'c', inputName: 'b' },
      ],
    });
    expect(await validateProps(props, inProps)).toEqual([
      {
        severity: 'error',
        path: ['serving', 'inputs', 1, 'inputName'],
        message: 'is not a known property. It is of v1beta2; in v1beta1 it is "name".',
        meant: ['serving', 'inputs', 1, 'name'],
      },
    ]);
  });

  test('is told with a reference as its value, too', async () => {
    expect(await validateProps(onServing({ env: '${vars.env}' }), inProps)).toMatchObject([
      { path: ['serving', 'env'], message: `is not a known property. ${variables.advice}` },
    ]);
  });

  test.each<[string, object, Path]>([
    ['replicas', { image, serving: {}, replicas: 1 }, ['replicas']],
    ['state', onPack({ state: 'Accepted' }), ['pack', 'state']],
    [
      'spec',
      onServing({ pubsub: { p: { type: 'pubsub.kafka', version: 'v1', metadata: [], spec: {} } } }),
      ['serving', 'pubsub', 'p', 'spec'],
    ],
  ])('%s at another place is a property like any other', async (_key, props, place) => {
    expect(await validateProps(props, inProps)).toEqual([
      {
        severity: 'error',
        path: place,
        message: expect.stringMatching(/^is not a known property\. Known here: /) as unknown,
      },
    ]);
  });

  test('is here, whichever ofn knows', () => {
    const text = readFileSync(path.join(__dirname, '../../../src/props/known-mistakes.ts'), 'utf8');
    const table = /const properties: [^=]+= \{\n(.*?)\n\};/s.exec(text)?.[1] ?? '';
    const known = [...table.matchAll(/^ {2}'?([\w.*]+)'?: /gm)].map(([, key]) => key);
    expect(known).toEqual(mistakes.map(({ key }) => key));
  });
});

describe('a whole Function in place of its parts', () => {
  const whole =
    'hold a whole Function. Write what stands under its "metadata" and "spec" right here, or name its file: manifest: ./function.yaml';

  test.each<[string, object]>([
    [
      'with all that it has',
      {
        apiVersion: 'core.openfunction.io/v1beta1',
        kind: 'Function',
        metadata: { name: 'hello', namespace: 'default' },
        spec: { image, serving: {} },
      },
    ],
    ['whose spec is wrong, too', { kind: 'Function', spec: { imge: image, serving: { env: [] } } }],
    ['beside parts of it', { image, serving: { env: [] }, spec: {} }],
  ])('%s is told once', async (_title, props) => {
    expect(await validateProps(props, inProps)).toEqual([{ severity: 'error', path: [], message: whole }]);
  });

  test.each([['text'], [[]], [1], ['${vars.spec}']])(
    'a spec that is no map is a property like any other: %j',
    async (spec) => {
      expect(await validateProps({ image, serving: {}, spec }, inProps)).toEqual([
        { severity: 'error', path: ['spec'], message: expect.stringMatching(/^is not a known property\./) as unknown },
      ]);
    },
  );
});

describe('the example', () => {
  const withExample = titled.flatMap(([key, { example }]) => (example ? [[key, example] as const] : []));
  const small = { image, serving: { template: { containers: [{ name: 'function' }] } } };
  const built = { ...small, build: { builder: 'me/builder:v1', srcRepo: { url: 'https://example.com/me/f.git' } } };

  test.each(withExample)('of %s is valid in a small function', async (key, example) => {
    const props: unknown = applyMergePatch(structuredClone(key.startsWith('build.') ? built : small), example);
    for (const origin of [inProps, manifestOrigin('f.yaml', '/p/f.yaml')]) {
      expect(await validateProps(props, origin)).toEqual([]);
    }
  });
});

describe('the runtime', () => {
  test.each([
    ['OpenFuncAsync', 'async'],
    ['openfuncasync', 'async'],
    ['Dapr', 'async'],
    ['http', 'knative'],
    ['HTTP', 'knative'],
    ['Sync', 'knative'],
  ])('%s is called %s', async (runtime, name) => {
    expect(await validateProps(onServing({ runtime }), inProps)).toEqual([
      {
        severity: 'error',
        path: ['serving', 'runtime'],
        message: `"${runtime}" is not allowed; expected one of knative, async. Write ${name}.`,
      },
    ]);
  });

  test.each([
    ['Knative', ' Did you mean "knative"?'],
    ['ASYNC', ' Did you mean "async"?'],
    ['lambda', ''],
  ])('%s is none', async (runtime, hint) => {
    expect((await validateProps(onServing({ runtime }), inProps)).map(({ message }) => message)).toEqual([
      `"${runtime}" is not allowed; expected one of knative, async.${hint}`,
    ]);
  });
});

describe('the triggers of v1beta2', () => {
  const http =
    'a map is not allowed; expected a list. A map is the form of v1beta2; v1beta1 says it with the runtime, and with "port" and "route" beside "serving".';
  const dapr =
    'a map is not allowed; expected a list. A map is the form of v1beta2; v1beta1 says it with the runtime and with inputs.';
  const someInput = { name: 'in', component: 'my-component' };

  const cases: [string, object, string, object][] = [
    ['HTTP', { http: {} }, http, { serving: { runtime: 'knative' } }],
    ['HTTP that says nothing', { http: null }, http, { serving: { runtime: 'knative' } }],
    [
      'HTTP with a port',
      { http: { port: 9000, route: { hostnames: ['a.example.com'] } } },
      http,
      { port: 9000, route: { hostnames: ['a.example.com'] }, serving: { runtime: 'knative' } },
    ],
    ['HTTP with a port that is none', { http: { port: 'x' } }, http, { serving: { runtime: 'knative' } }],
    ['HTTP beside Dapr', { http: {}, dapr: [{ name: 'db' }] }, http, { serving: { runtime: 'knative' } }],
    [
      'Dapr',
      {
        dapr: [
          { name: 'orders', type: 'pubsub.kafka', topic: 'new', inputName: 'order' },
          { name: 'clock', type: 'bindings.cron' },
        ],
      },
      dapr,
      {
        serving: {
          runtime: 'async',
          inputs: [
            { name: 'order', component: 'orders', topic: 'new' },
            { name: 'clock', component: 'clock' },
          ],
        },
      },
    ],
    ['Dapr without a trigger', { dapr: [] }, dapr, { serving: { runtime: 'async', inputs: [someInput] } }],
    ['Dapr that is no list', { dapr: {} }, dapr, { serving: { runtime: 'async', inputs: [someInput] } }],
    [
      'Dapr among what is none',
      { dapr: ['x', { name: 'db' }] },
      dapr,
      { serving: { runtime: 'async', inputs: [{ name: 'db', component: 'db' }] } },
    ],
    ['nothing', {}, dapr, { serving: { runtime: 'async', inputs: [someInput] } }],
  ];

  test.each(cases)('of %s are told with what v1beta1 has', async (_title, triggers, message, example) => {
    expect(withoutHint(await validateProps(onServing({ triggers }), inProps))).toEqual([
      { severity: 'error', path: ['serving', 'triggers'], message, example },
    ]);
  });

  test.each(cases)('of %s: the example is valid', async (_title, _triggers, _message, example) => {
    expect(await validateProps(applyMergePatch(onServing({}), example), inProps)).toEqual([]);
  });
});

describe('a list of names and values', () => {
  const list = [{ name: 'A', value: 'b' }];
  const message = 'a list is not allowed; expected a map. Write it as a map: each name as a key.';

  test.each<[string, object, Path]>([
    ['environment variables', onServing({ params: list }), ['serving', 'params']],
    ['environment variables of a build', onBuild({ env: list }), ['build', 'env']],
    ['parameters of a build', onBuild({ params: list }), ['build', 'params']],
    ['components', onServing({ bindings: [{ name: 'db', type: 'bindings.kafka' }] }), ['serving', 'bindings']],
    ['labels', { image, serving: {}, labels: list }, ['labels']],
  ])('%s are a map', async (_title, props, place) => {
    expect(await validateProps(props, inProps)).toEqual([{ severity: 'error', path: place, message }]);
  });

  test.each([[[]], [['A=b']], [[{ value: 'b' }]]])('%j is a list like any other', async (params) => {
    expect(await validateProps(onServing({ params }), inProps)).toEqual([
      { severity: 'error', path: ['serving', 'params'], message: 'a list is not allowed; expected a map.' },
    ]);
  });
});
