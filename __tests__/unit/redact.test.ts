import { numberedMark, redact, redactText, showValue } from '../../src/redact';

const daprFunction = (password: string): object => ({
  spec: {
    serving: {
      params: { FUNCTION_TARGET: 'tryAsync', DB_PASSWORD: password, API_TOKEN: password },
      bindings: {
        'mqtt-in': {
          metadata: [
            { name: 'url', value: `tcp://admin:${password}@emqx:1883` },
            { name: 'topic', value: 'in' },
            { name: 'saslPassword', value: password },
            { name: 'qos', value: 1 },
          ],
        },
      },
      template: {
        containers: [{ name: 'function', env: [{ name: 'GITHUB_TOKEN', value: password }] }],
        imagePullSecrets: [{ name: 'pull' }],
      },
    },
  },
  metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"password":"${password}"}` } },
});

test('no secret of a Function survives', () => {
  expect(JSON.stringify(redact(daprFunction('hunter2')))).not.toContain('hunter2');
});

test('what is no secret stays readable', () => {
  const text = JSON.stringify(redact(daprFunction('hunter2')));
  for (const plain of ['tryAsync', '"value":"in"', '"value":1', '"name":"pull"']) expect(text).toContain(plain);
});

/** The shape that the tests look at. */
interface Redacted {
  spec: { serving: { params: Record<string, string> } };
}

test('equal secrets get equal marks, others get others, across objects', () => {
  const mark = numberedMark();
  const before = redact(daprFunction('old'), mark) as Redacted;
  const after = redact(daprFunction('new'), mark) as Redacted;
  expect(before.spec.serving.params).toEqual({
    FUNCTION_TARGET: 'tryAsync',
    DB_PASSWORD: '<redacted #1>',
    API_TOKEN: '<redacted #1>',
  });
  expect(after.spec.serving.params['DB_PASSWORD']).not.toBe('<redacted #1>');
  expect(redact(daprFunction('old'), mark)).toEqual(before);
});

test.each([
  ['cannot clone https://user:s3cret@git.example.com/x.git', 'cannot clone https://<redacted>@git.example.com/x.git'],
  ['Authorization: Bearer abcdefghijkl.mnop', 'Authorization: Bearer <redacted>'],
  ['http://proxy:8080', 'http://proxy:8080'],
])('credentials in the text "%s" are hidden', (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test('a value in an error message is short and without secrets', () => {
  const props = { labels: { a: 'x'.repeat(200) }, serving: { params: { PASSWORD: { a: 1 }, TOKEN: 'abc' } } };
  expect(showValue(props, ['labels', 'a'])).toHaveLength(81);
  expect(showValue(props, ['serving', 'params', 'PASSWORD'])).toBe('a map');
  expect(showValue(props, ['serving', 'params', 'TOKEN'])).toBe('"<redacted>"');
});
