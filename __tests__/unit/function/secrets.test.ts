import * as fc from 'fast-check';
import { referToSecrets } from '../../../src/function/secrets';

test('secrets become references, and what is beside them stays', () => {
  const { props, variables } = referToSecrets(
    {
      image: 'me:pw@registry.example.com/orders:v1',
      annotations: { 'api-token': 'tok3n' },
      build: { srcRepo: { url: 'https://me:pw2@git.example.com/orders.git' }, env: { NPM_TOKEN: 'tok3n' } },
      serving: {
        params: { DB_PASSWORD: 'hunter2', EMPTY_PASSWORD: '', PLAIN: 'hello' },
        bindings: {
          mqtt: {
            metadata: [
              { name: 'url', value: 'tcp://admin:s3cret@emqx:1883' },
              { name: 'topic', value: 'in' },
            ],
          },
          redis: {
            metadata: [
              { name: 'redisHost', value: 'redis:6379' },
              { name: 'redisPassword', value: 'hunter3' },
            ],
          },
        },
        pubsub: { kafka: { metadata: [{ name: 'saslPassword', secretKeyRef: { name: 'kafka', key: 'password' } }] } },
        template: { containers: [{ name: 'function', env: [{ name: 'API_KEY', value: 'k3y' }] }] },
      },
    },
    'orders',
  );
  expect(props).toEqual({
    image: "${env('ORDERS_IMAGE')}@registry.example.com/orders:v1",
    annotations: { 'api-token': "${env('ORDERS_API_TOKEN')}" },
    build: {
      srcRepo: { url: "https://${env('ORDERS_URL')}@git.example.com/orders.git" },
      env: { NPM_TOKEN: "${env('ORDERS_API_TOKEN')}" },
    },
    serving: {
      params: { DB_PASSWORD: "${env('ORDERS_DB_PASSWORD')}", EMPTY_PASSWORD: '', PLAIN: 'hello' },
      bindings: {
        mqtt: {
          metadata: [
            { name: 'url', value: "tcp://${env('ORDERS_MQTT_URL')}@emqx:1883" },
            { name: 'topic', value: 'in' },
          ],
        },
        redis: {
          metadata: [
            { name: 'redisHost', value: 'redis:6379' },
            { name: 'redisPassword', value: "${env('ORDERS_REDIS_PASSWORD')}" },
          ],
        },
      },
      pubsub: { kafka: { metadata: [{ name: 'saslPassword', secretKeyRef: { name: 'kafka', key: 'password' } }] } },
      template: { containers: [{ name: 'function', env: [{ name: 'API_KEY', value: "${env('ORDERS_API_KEY')}" }] }] },
    },
  });
  expect(variables).toEqual([
    { name: 'ORDERS_IMAGE', value: 'me:pw', place: 'image' },
    { name: 'ORDERS_API_TOKEN', value: 'tok3n', place: 'annotations.api-token' },
    { name: 'ORDERS_URL', value: 'me:pw2', place: 'build.srcRepo.url' },
    { name: 'ORDERS_DB_PASSWORD', value: 'hunter2', place: 'serving.params.DB_PASSWORD' },
    { name: 'ORDERS_MQTT_URL', value: 'admin:s3cret', place: 'serving.bindings.mqtt.metadata[0].value' },
    { name: 'ORDERS_REDIS_PASSWORD', value: 'hunter3', place: 'serving.bindings.redis.metadata[1].value' },
    { name: 'ORDERS_API_KEY', value: 'k3y', place: 'serving.template.containers[0].env[0].value' },
  ]);
});

test.each([
  ['2go', { TOKEN: 'a' }, [], ['_2GO_TOKEN']],
  ['a-b', { C_TOKEN: 'x' }, ['A_B_C_TOKEN'], ['A_B_C_TOKEN_2']],
  ['fn', { dbPassword: 'x', DB_PASSWORD: 'y' }, [], ['FN_DB_PASSWORD', 'FN_DB_PASSWORD_2']],
  ['fn', { 密码_token: 'x' }, [], ['FN_TOKEN']],
])('variables of "%s" with %j, beside %j, are called %j', (owner, params, taken, expected) => {
  const { variables } = referToSecrets({ serving: { params } }, owner, taken);
  expect(variables.map(({ name }) => name)).toEqual(expected);
});

test('the values of the variables in place of the references give the props again', () => {
  const name = fc.constantFrom('PASSWORD', 'apiKey', 'PLAIN', 'url', 'token', 'x-secret', 'host');
  const value = fc.oneof(
    fc.string().filter((text) => !text.includes('${')),
    fc.constantFrom('redis://u:p@h', 'https://a:b@c/d https://e:f@g', 'Bearer abcdefghijklmnop1234', '--token=abc x'),
  );
  const item = fc.record({ name, value });
  const props = fc.record({
    image: value,
    annotations: fc.dictionary(name, value),
    serving: fc.record({
      params: fc.dictionary(name, value),
      bindings: fc.dictionary(name, fc.record({ metadata: fc.array(item) })),
      template: fc.record({ containers: fc.array(fc.record({ args: fc.array(value), env: fc.array(item) })) }),
    }),
  });
  fc.assert(
    fc.property(props, (written) => {
      const { props: open, variables } = referToSecrets(written, 'fn');
      const values = new Map(variables.map((variable) => [variable.name, variable.value]));
      const resolved: unknown = JSON.parse(JSON.stringify(open), (_key, text: unknown) =>
        typeof text === 'string'
          ? text.replace(/\$\{env\('(\w+)'\)\}/g, (_all, one: string) => values.get(one) ?? '?')
          : text,
      );
      expect(resolved).toEqual(JSON.parse(JSON.stringify(written)));
      expect(values.size).toBe(variables.length);
    }),
  );
});

test.each([
  ['brokers', 'kafka-0.kafka:9092,kafka-1.kafka:9092', false],
  ['url', 'tcp://emqx:1883', false],
  ['endpoint', 'https://sqs.example.com/', false],
  ['redisDB', '0', false],
  ['enableTLS', 'true', false],
  ['maxRetryBackoff', '2s', false],
  ['topic', 'orders', false],
  ['allowedTopics', 'orders', false],
  ['nothing', '', false],
  ['count', 3, false],
  ['x', 'hunter2', true],
  ['redisPassword', '6379', true],
  ['url', 'https://hooks.example.com/services/T0/B0/x', true],
  ['url', 'https://example.com/?sig=x', true],
  ['x', { a: ['hunter2'] }, true],
  ['x', ['hunter2'], true],
  ['url', 'redis://@redis:6379', false],
  ['url', 'https://me:pw@example.com/?sig=x', true],
])('whether Dapr metadata "%s": %j becomes a reference: %s', (name, value, expected) => {
  const props = { serving: { bindings: { in: { metadata: [{ name, value }] } } } };
  expect(referToSecrets(props, 'fn').variables).toHaveLength(Number(expected));
});

test.each([
  ['tcp://admin:s3cret@emqx:1883', "tcp://${env('FN_IN_URL')}@emqx:1883"],
  ['https://me:pw@example.com/?sig=x', "${env('FN_IN_URL')}"],
  ['https://example.com/?sig=x', "${env('FN_IN_URL')}"],
])('of the metadata %s, %s is left', (value, expected) => {
  const { props } = referToSecrets({ serving: { bindings: { in: { metadata: [{ name: 'url', value }] } } } }, 'fn');
  expect(props).toEqual({ serving: { bindings: { in: { metadata: [{ name: 'url', value: expected }] } } } });
});

test('state stores of v1beta2 have their metadata one level deeper', () => {
  const metadata = [{ name: 'masterkey', value: 'hunter2' }];
  const props = { serving: { states: { store: { spec: { type: 'state.redis', version: 'v1', metadata } } } } };
  expect(referToSecrets(props, 'fn').variables).toEqual([
    { name: 'FN_STORE_MASTERKEY', value: 'hunter2', place: 'serving.states.store.spec.metadata[0].value' },
  ]);
});

test.each([
  ['--password=https://u:pw@host/x', ['https://u:pw@host/x']],
  ['--auth-token=Bearer abcdef0123456789abcdef', ['abcdef0123456789abcdef', 'Bearer']],
])('secrets around secrets are whole: %s', (argument, values) => {
  const { props, variables } = referToSecrets({ args: [argument] }, 'fn');
  expect(variables.map(({ value }) => value)).toEqual(values);
  for (const { value } of variables) expect(JSON.stringify(props)).not.toContain(value);
});
