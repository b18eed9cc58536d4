import { formatPath } from '../../../src/path';
import { checkProps } from '../../../src/props/check';
import { propsOrigin } from '../../../src/props/origin';
import { validateProps } from '../../../src/props/validate';

const origin = propsOrigin('hello', undefined);

/** All that is wrong with props, errors first. */
async function problemsOf(props: unknown): Promise<string[]> {
  const problems = await validateProps(props, origin);
  const found = checkProps({ props, problems, origin }, { name: 'hello', namespace: 'n', releases: ['1.2'] });
  return found.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

const serving = { template: { containers: [{ name: 'function' }] } };
const component = { type: 'bindings.mqtt', version: 'v1', metadata: [] };

test.each<[string, unknown, string[]]>([
  ['nothing', null, [': null is not allowed; expected a map.']],
  ['a list', [], [': a list is not allowed; expected a map.']],
  [
    'a map with a key "toString" for text',
    { image: { toString: 1 }, serving },
    ['image: a map is not allowed; expected text that is not empty.'],
  ],
  [
    'half of a resource, which Kubernetes takes as text only',
    {
      image: 'a:v1',
      serving: { template: { containers: [{ name: 'function', resources: { limits: { cpu: 0.5 } } }] } },
    },
    [
      'serving.template.containers[0].resources.limits.cpu: 0.5 is not allowed; expected text or a whole number. Put it in quotes: "0.5". An amount of a resource: a number with an optional unit such as m (thousandths), Ki, Mi, Gi, K, M, G.',
    ],
  ],
  [
    'more replicas than 32 bits count',
    { image: 'a:v1', serving: { ...serving, scaleOptions: { maxReplicas: 2 ** 31 } } },
    ['serving.scaleOptions.maxReplicas: 2147483648 is not allowed; expected a whole number from 0 to 2147483647.'],
  ],
  [
    'fewer than none',
    { image: 'a:v1', serving: { ...serving, scaleOptions: { maxReplicas: -1 } } },
    ['serving.scaleOptions.maxReplicas: -1 is not allowed; expected a whole number of at least 0.'],
  ],
  [
    'a volume of a rare kind without what it needs',
    {
      image: 'a:v1',
      serving: {
        template: { ...serving.template, volumes: [{ name: 'v', nfs: { path: '/' }, azureFile: { shareName: 's' } }] },
        runtime: 'async',
        inputs: [{ name: 'i', component: 'in' }],
        bindings: { in: component },
      },
    },
    [
      'serving.template.volumes[0].nfs.server: is required. Address of the server. Example: server: nfs.example.com',
      'serving.template.volumes[0].azureFile.secretName: is required.',
    ],
  ],
  [
    'a duration of a million years',
    { image: 'a:v1', serving: { ...serving, timeout: '9999999999h' } },
    ['serving.timeout: "9999999999h" is no duration. Write numbers with units, for instance 90s, 10m or 1h30m.'],
  ],
  [
    'a component whose type is called like what every object has',
    {
      image: 'a:v1',
      serving: {
        ...serving,
        bindings: { b: { ...component, type: 'toString' } },
        outputs: [{ name: 'o', component: 'b' }],
      },
    },
    [
      'serving.outputs[0].operation: is required: Dapr refuses every message to a binding without it. For toString it is usually "create".',
      'serving.bindings.b.type: "toString" is no type of bindings: that begins with "bindings.". Did you mean "bindings.toString"?',
    ],
  ],
  [
    'credentials where no text belongs that holds some',
    { image: 'https://me:hunter2@example.com/x', version: 'redis://:hunter2@b', serving },
    [
      'version: "redis://<redacted>@b" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 38 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance v1.0.0.',
      'image: "https://<redacted>@example.com/x" is no reference to an image; it cannot be pulled. Leave out "https://".',
    ],
  ],
  [
    'metadata whose name is no word of a command',
    {
      image: 'a:v1',
      serving: {
        ...serving,
        outputs: [{ name: 'o', component: 'b', operation: 'create' }],
        bindings: { b: { ...component, metadata: [{ name: 'my password', value: 'x' }] } },
      },
    },
    [
      'serving.bindings.b.metadata[0].value: holds a credential in clear, for all who may read the Function. Keep it in a Secret: kubectl create secret generic b-credentials --from-literal=value=VALUE',
    ],
  ],
])('%s', async (_title, props, problems) => {
  expect(await problemsOf(props)).toEqual(problems);
});
