import { numberedMark, redact, redactText, showText, showValue, showWord } from '../../src/redact';

const daprFunction = (password: string): object => ({
  spec: {
    serving: {
      params: {
        FUNCTION_TARGET: 'tryAsync',
        DB_PASSWORD: password,
        API_TOKEN: password,
        DB_PWD: password,
        ENCRYPTION_KEY: password,
        DB_PASSWORD_PROD: password,
      },
      bindings: {
        'mqtt-in': {
          metadata: [
            { name: 'url', value: `tcp://admin:${password}@emqx:1883` },
            { name: 'topic', value: 'in' },
            { name: 'saslPassword', value: password },
            { name: 'config', value: { password } },
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
    DB_PWD: '<redacted #1>',
    ENCRYPTION_KEY: '<redacted #1>',
    DB_PASSWORD_PROD: '<redacted #1>',
  });
  expect(after.spec.serving.params['DB_PASSWORD']).not.toBe('<redacted #1>');
  expect(redact(daprFunction('old'), mark)).toEqual(before);
});

test.each([
  ['cannot clone https://user:s3cret@git.example.com/x.git', 'cannot clone https://<redacted>@git.example.com/x.git'],
  ['--db-password=pw777 -v', '--db-password=<redacted> -v'],
  ['Authorization: Bearer abcdefghijkl.mnop', 'Authorization: Bearer <redacted>'],
  ['http://proxy:8080', 'http://proxy:8080'],
  ['amqp://u:p@ss@host/x and postgres://u:p/a@host', 'amqp://<redacted>@host/x and postgres://<redacted>@host'],
  ['the basic constraints', 'the basic constraints'],
])('credentials in the text "%s" are hidden', (text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test('equal marks stand for equal bearer tokens, too', () => {
  const mark = numberedMark();
  const first = redactText('Bearer aaaaaaaaaaaaaaaaaaaa', mark);
  expect(redactText('Bearer bbbbbbbbbbbbbbbbbbbb', mark)).not.toBe(first);
  expect(redactText('Bearer aaaaaaaaaaaaaaaaaaaa', mark)).toBe(first);
});

test('build parameters of v1beta2 are hidden by their name', () => {
  const params = [
    { name: 'registry-password', value: 'hunter2' },
    { name: 'RUN_IMAGE', value: 'r/i' },
  ];
  expect(redact({ params })).toEqual({
    params: [
      { name: 'registry-password', value: '<redacted>' },
      { name: 'RUN_IMAGE', value: 'r/i' },
    ],
  });
});

test('a value in an error message is short and without secrets', () => {
  const props = { labels: { a: 'x'.repeat(200) }, serving: { params: { PASSWORD: { a: 1 }, TOKEN: 'abc' } } };
  expect(showValue(props, ['labels', 'a'])).toHaveLength(81);
  expect(showValue(props, ['serving', 'params', 'PASSWORD'])).toBe('a map');
  expect(showValue(props, ['serving', 'params'])).toBe('a map');
  expect(showValue(props, ['serving', 'params', 'TOKEN'])).toBe('"<redacted>"');
});

test.each([
  ['a', '"a"'],
  ['a "b"', String.raw`"a \"b\""`],
  ['a\n\u2028\u202e\u0085b', String.raw`"a\n\u2028\u202e\u0085b"`],
  ['https://me:hunter2@example.com', '"https://<redacted>@example.com"'],
  ['x'.repeat(300), `"${'x'.repeat(200)}…"`],
])('text is shown on one line, in quotes, short and without credentials: %j', (text, shown) => {
  expect(showText(text)).toBe(shown);
});

test.each([
  ['bindings.mqtt', 'bindings.mqtt'],
  ['registry.example.com:5000/me/hello@sha256:0', 'registry.example.com:5000/me/hello@sha256:0'],
  ['a b', '"a b"'],
  ['', '""'],
  ['.', '"."'],
])('a word needs no quotes: %j', (text, shown) => {
  expect(showWord(text)).toBe(shown);
});

test.each([
  ['--db-password=hunter2 x', '--db-password=<redacted> x'],
  ['run --quiet --token hunter2', 'run --quiet --token <redacted>'],
  ['x-api-key=hunter2', 'x-api-key=<redacted>'],
  ['redis://:a@b/c@host/x', 'redis://<redacted>@host/x'],
  ['see https://host/x or mail me@example.com', 'see https://host/x or mail me@example.com'],
])('free text: %s', (text, shown) => {
  expect(redactText(text)).toBe(shown);
});

test.each(['-token', 'a-', 'a.', '-', 'http://a', '://', '=', 'bearer '])(
  'a long text of %j is searched quickly',
  (part) => {
    const text = part.repeat(200_000 / part.length);
    const start = process.cpuUsage();
    redactText(text);
    // It takes milliseconds; searched again from each place, it takes minutes.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
  },
);

test('the metadata of state stores is hidden in both versions', () => {
  const metadata = [{ name: 'masterkey', value: 'hunter2' }];
  for (const store of [{ metadata }, { spec: { metadata } }]) {
    expect(JSON.stringify(redact({ serving: { states: { store } } }))).not.toContain('hunter2');
  }
});

test('a token is hidden beside a flag for tokens, too', () => {
  expect(redactText('--auth-token=Bearer abcdef0123456789abcdef')).not.toContain('abcdef');
});
