import { createFormatter, type Format } from '../../../src/logs/format';
import { createLabels } from '../../../src/logs/labels';
import type { LogLine } from '../../../src/logs/line';
import { matcher } from '../../../src/logs/match';
import { prettify } from '../../../src/logs/pretty';

const time = '2026-01-31T08:00:00.123456789Z';
const line = (text: string): LogLine => ({ time, seconds: 0, nanoseconds: 0, text });
const origin = { pod: 'serving-abcde-deployment-latest-8d7f6-2xw9k', container: 'function' };

const shown = (text: string, format: Partial<Format> = {}): string =>
  createFormatter({
    json: false,
    pretty: false,
    timestamps: false,
    colour: false,
    labelOf: ({ pod }) => pod.slice(-5),
    ...format,
  })(origin, line(text));

describe('a line', () => {
  test('has the pod before it, and its time if that is wanted', () => {
    expect(shown('hello')).toBe('2xw9k | hello');
    expect(shown('hello', { timestamps: true })).toBe(`2xw9k | ${time} hello`);
  });

  test('is a JSON object for other programs', () => {
    expect(JSON.parse(shown('say "hi"\t函数', { json: true, colour: true }))).toEqual({
      time,
      ...origin,
      message: 'say "hi"\t函数',
    });
  });

  test('that is written over and over stays behind its prefix', () => {
    expect(shown('10%\r20%')).toBe('2xw9k | 10%\r2xw9k | 20%');
  });

  test('has the same colour as all others of its pod, and none without colours', () => {
    const colourOf = (pod: string): string | undefined =>
      // eslint-disable-next-line no-control-regex
      /^\u001B\[(\d+)m/.exec(
        createFormatter({ json: false, pretty: false, timestamps: false, colour: true, labelOf: () => 'x' })(
          { pod, container: 'function' },
          line(''),
        ),
      )?.[1];
    expect(colourOf('pod-a')).toBe(colourOf('pod-a'));
    const colours = new Set(Array.from({ length: 50 }, (_, index) => colourOf(`pod-${index}`)));
    expect(colours.size).toBeGreaterThan(5);
    expect(shown('x')).not.toContain('\u001B');
  });
});

describe('a label', () => {
  const of = (pod: string, container = 'function') => ({ pod, container });

  test('is the end of the name of the pod, long enough to tell it from others', () => {
    const labels = createLabels({ manyContainers: false });
    expect(labels.of(of('serving-a-deployment-8d7f6-2xw9k'))).toBe('2xw9k');
    expect(labels.of(of('serving-b-deployment-77777-2xw9k'))).toBe('77777-2xw9k');
    expect(labels.of(of('serving-a-deployment-8d7f6-2xw9k'))).toBe('2xw9k');
    expect(labels.of(of('serving-a-statefulset-xyz-0'))).toBe('xyz-0');
    expect(labels.of(of('x'))).toBe('x');
  });

  test('names the container where there are several', () => {
    expect(createLabels({ manyContainers: true }).of(of('pod-2xw9k', 'daprd'))).toBe('2xw9k daprd');
  });
});

describe('a pattern', () => {
  test('chooses lines, or leaves them out', () => {
    expect(['error: x', 'ok'].filter(matcher('^err', { invert: false }))).toEqual(['error: x']);
    expect(['error: x', 'ok'].filter(matcher('^err', { invert: true }))).toEqual(['ok']);
  });

  test('ignores case if it says so', () => {
    expect(['ERROR', 'Error', 'ok'].filter(matcher('(?i)error', { invert: false }))).toEqual(['ERROR', 'Error']);
  });

  test('that is none is refused', () => {
    expect(() => matcher('(?i)a(', { invert: false })).toThrow(
      '--grep=(?i)a( is no regular expression.\nWhy: Unterminated group\nWhat to do: Write \\ before signs that are meant as they are, such as \\( or \\[.',
    );
  });
});

describe('pretty', () => {
  test.each([
    [
      'pino',
      '{"level":30,"time":1769846400123,"pid":1,"msg":"started"}',
      '2026-01-31T08:00:00.123Z INFO  started pid=1',
    ],
    [
      'zap',
      '{"level":"error","ts":1769846400.5,"msg":"no","err":{"a":1}}',
      '2026-01-31T08:00:00.500Z ERROR no err={"a":1}',
    ],
    [
      'logrus and Dapr',
      '{"app_id":"x","level":"info","msg":"dapr initialized","time":"2026-01-31T08:00:00Z"}',
      '2026-01-31T08:00:00Z INFO  dapr initialized app_id=x',
    ],
    ['logback', '{"@timestamp":"2026","severity":"WARN","message":"slow"}', '2026 WARN  slow'],
    ['no logger', '{"a":null,"b":[1]}', 'a=null b=[1]'],
  ])('shows what %s writes', (_name, text, expected) => {
    expect(prettify(text, false)).toBe(expected);
  });

  test('puts a stack below', () => {
    expect(prettify('{"msg":"boom","stack":"Error: boom\\n    at x\\n"}', false)).toBe(
      'boom\n    Error: boom\n        at x',
    );
  });

  test.each(['plain', '{ not json', '[1]', '"text"', ''])('leaves %j as it is', (text) => {
    expect(prettify(text, true)).toBe(text);
  });
});
