import fc from 'fast-check';
import type { SchemaNode } from '../../../src/props/json-schema';

/** Keys that an object has without being asked. */
export const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length'];

const words = fc.constantFrom('hello', 'orders', 'a', 'v1', 'kafka-server', 'main', 'x-1', '0', '8080', 'true', 'null');

/** Text that programs stumble over: of other scripts, of shells and markup, of other types, with breaks. */
export const oddText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    ...inherited,
    ...['', ' ', '\n', 'a\nb', '\r\n', '\u0000', '\u2028', '-', '.', '/', '~', '~1', '[0]', 'a.b', '"', "'", '`', '\\'],
    ...['NaN', '.nan', 'Infinity', '-0', '1e400', '0x10', '010', 'yes', 'undefined', '[object Object]', '2024-01-01'],
    ...['$', '${', '${x}', '$(id)', '{{a}}', '%s', '<b>', 'ünï', '名前', '👍🏽', '\ud800', 'İ', 'ﬀ', 'a\u202eb'],
  ),
);

/** Text so long that slow searches in it show. */
export const longText = fc
  .tuple(fc.constantFrom('a', 'a.', 'a-', '-', '-token', '=', ' ', 'http://a', '[', '"', '\n', 'é', '.0'), fc.nat(4))
  .map(([part, size]) => part.repeat(Math.ceil((20_000 >> size) / part.length)));

/** Text that a node of type string accepts. */
export function textArbitrary({
  pattern,
  minLength = 0,
  maxLength = Infinity,
  examples = [],
}: SchemaNode): fc.Arbitrary<string> {
  const fits = (text: string): boolean => {
    const { length } = Array.from(text);
    return length >= minLength && length <= maxLength;
  };
  if (pattern !== undefined) {
    const short = fc.stringMatching(new RegExp(pattern, 'u')).map((text) => (fits(text) ? text : 'a'));
    return fc.oneof(short, ...constants(examples));
  }
  const any = fc.oneof(words, oddText).map((text) => (fits(text) ? text : 'a'));
  return fc.oneof({ weight: 3, arbitrary: words }, any, ...constants(examples));
}

function constants(examples: readonly unknown[]): fc.WeightedArbitrary<string>[] {
  const texts = examples.filter((example) => typeof example === 'string');
  return texts.length === 0 ? [] : [{ weight: 3, arbitrary: fc.constantFrom(...texts) }];
}
