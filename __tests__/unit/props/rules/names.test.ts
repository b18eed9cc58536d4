import type { Draft } from '../../../../src/props/draft';
import {
  environmentNames,
  functionName,
  functionNameWithDapr,
  labelsOfController,
  versionIsAName,
} from '../../../../src/props/rules/names';
import { podLabels } from '../../../../src/props/rules/metadata';
import { ask, places, target } from './support';

describe('the name of the resource', () => {
  test.each(['h', 'hello', 'hello-2', 'a'.repeat(63)])('%s can be the name of a function', (name) => {
    expect(ask(functionName, {}, { name })).toEqual([]);
  });

  test.each(['Hello', '1st', '-hello', 'hello-', 'hello.world', 'a'.repeat(64)])(
    '"%s" cannot be the name of a function',
    (name) => {
      expect(places(functionName, {}, { name })).toEqual(['error name']);
    },
  );

  test('the message says what to do', () => {
    expect(ask(functionName, {}, { name: 'hello_world' })).toEqual([
      'error name: The name of the resource, "hello_world", cannot be the name of a function: that has at most 63 lower-case letters, digits and "-", and begins with a letter. Name the function here.',
    ]);
  });

  test('it does not matter when the props name the function', () => {
    expect(ask(functionName, { name: 'hello' }, { name: 'Hello_World' })).toEqual([]);
  });
});

describe('the Service that Dapr makes', () => {
  const output: Draft = { serving: { outputs: [{ name: 'o', component: 'c' }] } };
  const name = 'n'.repeat(51);

  test('has room for a name of 50 characters in the namespace default, and not for 51', () => {
    expect(ask(functionNameWithDapr, output, { name: name.slice(1) })).toEqual([]);
    expect(ask(functionNameWithDapr, output, { name })).toEqual([
      `error name: "${name}" is too long: Dapr makes a Service of it, ${name}-default-dapr, and such a name has at most 63 characters. Shorten it by 1, or use a shorter namespace.`,
    ]);
  });

  test.each<[string, Draft]>([
    ['inputs', { serving: { inputs: [{ name: 'i', component: 'c' }] } }],
    ['inputs that are not known yet', { serving: { inputs: [undefined] } }],
    ['states', { serving: { states: { s: {} } } }],
  ])('is made for %s', (_title, props) => {
    expect(places(functionNameWithDapr, props, { name })).toEqual(['error name']);
  });

  test.each<[string, Draft]>([
    ['no serving', {}],
    ['nothing for Dapr', { serving: { inputs: [], outputs: [], states: {}, bindings: { b: {} } } }],
    ['Dapr switched off', { serving: { ...output.serving, annotations: { 'openfunction.io/enable-dapr': 'false' } } }],
  ])('is not made with %s', (_title, props) => {
    expect(ask(functionNameWithDapr, props, { name })).toEqual([]);
  });

  test('cannot be judged before the namespace is known', () => {
    expect(ask(functionNameWithDapr, output, { name, namespace: undefined })).toEqual([]);
  });
});

describe('the version', () => {
  const knative: Draft = { serving: {} };
  const async: Draft = { serving: { runtime: 'async' } };
  const with38 = `${'1'.repeat(19)}.${'2'.repeat(19)}`;

  test.each([undefined, '', 'v1.0.0', 'latest', '2', '1-rc.1', 'a'.repeat(38), with38])('%s is fine', (version) => {
    for (const props of [knative, async]) expect(ask(versionIsAName, { ...props, version })).toEqual([]);
  });

  test.each<[string, string]>([
    ['v1_0', 'v1-0'],
    ['v1.0.0-RC1', 'v1.0.0-rc1'],
    ['v1.', 'v1'],
    ['-v1', 'v1'],
    ['release 1+2', 'release-1-2'],
    ['_', 'v1.0.0'],
  ])('"%s" hangs; %s is proposed', (version, proposal) => {
    expect(ask(versionIsAName, { ...knative, version })).toEqual([
      `error version: "${version}" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 38 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance ${proposal}.`,
    ]);
  });

  test('is not judged of a function that is not served', () => {
    for (const props of [{}, { build: {} }]) {
      expect(ask(versionIsAName, { ...props, version: 'V_1' })).toEqual([]);
      expect(ask(versionIsAName, { ...props, version: 'a'.repeat(64) })).toEqual([]);
    }
  });

  test('has at most 38 characters without dots on Knative', () => {
    for (const runtime of [undefined, 'knative'] as const) {
      expect(ask(versionIsAName, { version: 'a'.repeat(39), serving: { runtime } })).toEqual([
        `error version: "${'a'.repeat(39)}" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 38 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance ${'a'.repeat(38)}.`,
      ]);
      expect(places(versionIsAName, { version: `${with38}3`, serving: { runtime } })).toEqual(['error version']);
    }
  });

  test('has at most 63 characters with runtime: async', () => {
    expect(ask(versionIsAName, { ...async, version: 'a'.repeat(63) })).toEqual([]);
    expect(ask(versionIsAName, { ...async, version: 'a'.repeat(64) })).toEqual([
      `error version: "${'a'.repeat(64)}" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 63 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance ${'a'.repeat(63)}.`,
    ]);
  });

  test('has at most 63 characters with its dots, as it becomes a label', () => {
    const version = `${'1.'.repeat(31)}1`;
    expect(version).toHaveLength(63);
    for (const props of [knative, async]) {
      expect(ask(versionIsAName, { ...props, version })).toEqual([]);
      expect(places(versionIsAName, { ...props, version: `${version}2` })).toEqual(['error version']);
    }
  });

  test.each(['V1', 'x_'.repeat(40), '--a--', `${'a'.repeat(37)}-b`, '.1.'])(
    'what is proposed for "%s" is fine',
    (version) => {
      const [message = ''] = ask(versionIsAName, { ...knative, version });
      const proposal = /for instance (.+)\.$/.exec(message)?.[1];
      expect(proposal).toBeDefined();
      expect(ask(versionIsAName, { ...knative, version: proposal })).toEqual([]);
    },
  );
});

describe('names of environment variables', () => {
  test.each(['A', '_a', 'a.b-c', '-x', 'PATH2', '.a', '.-', 'a..b', 'a..'])('%s is fine', (name) => {
    expect(ask(environmentNames, { serving: { params: { [name]: 1 } } })).toEqual([]);
  });

  test.each([
    ['2ND', 'serving.params["2ND"]'],
    ['MY VAR', 'serving.params["MY VAR"]'],
    ['A=B', 'serving.params["A=B"]'],
    ['', 'serving.params[""]'],
    ['.', 'serving.params["."]'],
    ['..', 'serving.params[".."]'],
    ['..a', 'serving.params["..a"]'],
    ['größe', 'serving.params["größe"]'],
  ])('"%s" is refused', (name, place) => {
    expect(ask(environmentNames, { serving: { params: { [name]: 'x', FINE: 'y' } } })).toEqual([
      `error ${place}: ${JSON.stringify(name)} cannot be the name of an environment variable. Use letters, digits, "_", "-" and ".", and no digit at the beginning.`,
    ]);
  });

  test('there may be none', () => {
    expect(ask(environmentNames, {})).toEqual([]);
    expect(ask(environmentNames, { serving: { params: {} } })).toEqual([]);
  });
});

describe('labels of the pods', () => {
  test.each([
    ['team', 'blue'],
    ['example.com/team', 'Blue_1.x-y'],
    ['team', ''],
    ['a'.repeat(63), 'b'.repeat(63)],
    [`example.com/${'a'.repeat(63)}`, '1'],
  ])('%s: "%s" is fine', (key, value) => {
    expect(ask(podLabels, { serving: { labels: { [key]: value } } })).toEqual([]);
  });

  test.each(['-team', 'team_', 'a b', 'a/b/c', 'a..b/c', 'Example.com/team', '/team', 'example.com/', 'a'.repeat(64)])(
    '"%s" cannot be a key',
    (key) => {
      expect(podLabels({ serving: { labels: { [key]: 'x' } } }, target())).toEqual([
        {
          severity: 'error',
          path: ['serving', 'labels', key],
          message:
            'cannot be the key of a label, and the function would hang. Use at most 63 letters, digits, "-", "_" and ".", if need be after a prefix such as example.com/.',
        },
      ]);
    },
  );

  test.each(['two words', 'me@example.com', '-x', 'x-', 'b'.repeat(64)])('"%s" cannot be a value', (value) => {
    expect(ask(podLabels, { serving: { labels: { fine: 'x', 'example.com/owner': value } } })).toEqual([
      `error serving.labels["example.com/owner"]: "${value}" cannot be the value of a label, and the function would hang. Use at most 63 letters, digits, "-", "_" and "."; other text belongs in serving.annotations.`,
    ]);
  });

  test.each([
    ['db-password', 'hunter2 $x', '"<redacted>"'],
    ['example.com/api-token', 'hunter2 $x', '"<redacted>"'],
    ['source', 'https://me:hunter2@example.com/', '"https://<redacted>@example.com/"'],
  ])('the credential in %s is not shown', (key, value, shown) => {
    const [message = ''] = podLabels({ serving: { labels: { [key]: value } } }, target()).map(({ message }) => message);
    expect(message).toBe(
      `${shown} cannot be the value of a label, and the function would hang. Use at most 63 letters, digits, "-", "_" and "."; other text belongs in serving.annotations.`,
    );
  });

  test('a key that is wrong is told once, whatever its value', () => {
    expect(places(podLabels, { serving: { labels: { 'a b': 'c d' } } })).toEqual(['error serving.labels["a b"]']);
  });

  test('there may be none', () => {
    for (const props of [{}, { serving: {} }, { serving: { labels: {} } }]) {
      expect(ask(podLabels, props)).toEqual([]);
      expect(ask(labelsOfController, props)).toEqual([]);
    }
  });
});

describe('labels of the controller', () => {
  test.each(['openfunction.io/serving', 'openfunction.io/managed'])('%s is not for the user', (key) => {
    expect(ask(labelsOfController, { serving: { labels: { [key]: 'x', team: 'blue' } } })).toEqual([
      `error serving.labels["${key}"]: would take the place of a label by which OpenFunction finds the pods. Remove it, or choose another key.`,
    ]);
  });

  test('the version is told otherwise', () => {
    expect(ask(labelsOfController, { serving: { labels: { 'app.kubernetes.io/version': 'x' } } })).toEqual([
      `warning serving.labels["app.kubernetes.io/version"]: would take the place of OpenFunction's own, which is the version of the function. Write version.`,
    ]);
  });

  test.each(['app.kubernetes.io/name', 'app', 'my-openfunction.io/serving', 'version'])('%s is free', (key) => {
    expect(ask(labelsOfController, { serving: { labels: { [key]: 'x' } } })).toEqual([]);
  });

  test('labels of the Function itself are another thing', () => {
    expect(ask(labelsOfController, { labels: { 'openfunction.io/serving': 'x' }, serving: {} })).toEqual([]);
  });
});
