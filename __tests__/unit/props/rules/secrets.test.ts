import type { Draft } from '../../../../src/props/draft';
import { clearCredentials } from '../../../../src/props/rules/secrets';
import { ask, places, target } from './support';

/** Props with metadata of one component; the types of the schema leave its values open. */
function withMetadata(metadata: unknown[], kind: 'bindings' | 'pubsub' | 'states' = 'bindings', key = 'kafka'): Draft {
  return { serving: { [kind]: { [key]: { metadata } } } };
}

test.each(['bindings', 'pubsub', 'states'] as const)('a credential in clear is told, with the way out: %s', (kind) => {
  const props = withMetadata([undefined, { name: 'saslPassword', value: 'hunter2' }], kind);
  expect(ask(clearCredentials, props)).toEqual([
    `warning serving.${kind}.kafka.metadata[1].value: holds a credential in clear, for all who may read the Function. Keep it in a Secret: kubectl create secret generic kafka-credentials --from-literal=saslPassword=VALUE`,
  ]);
  expect(clearCredentials(props, target()).map(({ example }) => example)).toEqual([
    {
      serving: {
        [kind]: {
          kafka: {
            metadata: [{ name: 'saslPassword', secretKeyRef: { name: 'kafka-credentials', key: 'saslPassword' } }],
          },
        },
      },
    },
  ]);
});

test.each([
  ['redisPassword', 'hunter2'],
  ['password', 42424242],
  ['accessKey', 'hunter2'],
  ['connectionString', 'Endpoint=hunter2'],
  ['clientSecret', 'hunter2'],
  ['url', 'tcp://admin:hunter2@broker:1883'],
  ['header', 'Bearer hunter2hunter2hunter2'],
  ['options', '--db-password=hunter2'],
  ['tokenURL', 'https://me:hunter2@login.example.com/'],
  ['keyFile', '--api-key=hunter2'],
  ['token', 'true hunter2'],
])('%s: the credential is found, and shown nowhere', (name, value) => {
  const props = withMetadata([{ name, value }]);
  expect(places(clearCredentials, props)).toEqual(['warning serving.bindings.kafka.metadata[0].value']);
  expect(JSON.stringify(clearCredentials(props, target()))).not.toMatch(/hunter2|42424242/);
});

test.each<[string, unknown]>([
  ['a name that tells of no credential', { name: 'brokers', value: 'kafka:9092' }],
  ['an address without credentials', { name: 'url', value: 'tcp://broker:1883' }],
  ['a reference to a Secret', { name: 'saslPassword', secretKeyRef: { name: 's', key: 'k' } }],
  ['an empty value', { name: 'saslPassword', value: '' }],
  ['a switch', { name: 'requireToken', value: true }],
  ['a switch as text', { name: 'useSecret', value: 'false' }],
  ['the address of what gives tokens', { name: 'tokenURL', value: 'https://login.example.com/token' }],
  ['a URI', { name: 'secretUri', value: 'https://vault.example.com/s' }],
  ['an endpoint', { name: 'tokenEndpoint', value: 'https://login.example.com' }],
  ['the name of a Secret', { name: 'secretName', value: 's' }],
  ['a file with a credential', { name: 'tokenFile', value: '/var/run/token' }],
  ['the path of a credential', { name: 'secretPath', value: '/var/run/secret' }],
  ['a value without name', { value: 'hunter2' }],
  ['nothing', {}],
])('%s is fine', (_title, item) => {
  expect(ask(clearCredentials, withMetadata([item]))).toEqual([]);
});

test.each<[string, Draft]>([
  ['serving', {}],
  ['components', { serving: {} }],
  ['a component', { serving: { bindings: {}, pubsub: { p: {} }, states: { s: undefined } } }],
  ['metadata', { serving: { bindings: { b: { metadata: [] } } } }],
])('without %s nothing is said', (_title, props) => {
  expect(ask(clearCredentials, props)).toEqual([]);
});
