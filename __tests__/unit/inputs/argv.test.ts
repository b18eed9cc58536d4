import { parseFlags } from '../../../src/inputs/argv';
import type { FlagTable } from '../../../src/inputs/flags';

const flags = {
  namespace: { type: 'string', value: 'NAME', description: '' },
  timeout: { type: 'string', value: 'DURATION', description: '' },
  'no-wait': { type: 'boolean', description: '' },
  'assume-yes': { type: 'boolean', short: 'y', description: '' },
} as const satisfies FlagTable;

const parse = (...args: string[]): object => parseFlags(args, { flags });

test.each([
  [['--namespace', 'a', '-y'], { namespace: 'a', 'assume-yes': true }],
  [['--namespace=007'], { namespace: '007' }],
  [['--no-wait'], { 'no-wait': true }],
  [['--namespace=a', '--namespace=b'], { namespace: 'b' }],
  [['-o', 'json', '--silent', '--debug', '-t', 'x.yaml', '--output-file=f'], {}],
  [['-y', '--', 'anything', '--unknown'], { 'assume-yes': true }],
])('%j is read', (args, expected) => {
  expect(parse(...args)).toEqual(expected);
});

test.each([
  [['--namespce=a'], 'Unknown flag --namespce.', 'Did you mean --namespace?'],
  [['--frobnicate'], 'Unknown flag --frobnicate.', 'This command knows --namespace'],
  [['--namespace'], 'The flag --namespace needs a value.', '--namespace=NAME'],
  [['--namespace', '-y'], 'The flag --namespace needs a value.', ''],
  [['--namespace='], 'The flag --namespace needs a value.', ''],
  [['--no-wait=yes'], 'The flag --no-wait takes no value, but got "yes".', ''],
  [['now'], 'Unexpected argument "now".', 's RESOURCE COMMAND'],
])('%j is refused with a remedy', (args, what, remedy) => {
  expect(() => parse(...args)).toThrow(what);
  expect(() => parse(...args)).toThrow(remedy);
});

test('flags of another command are ignored only when they are declared foreign', () => {
  const foreignFlags = { 'force-conflicts': { type: 'boolean', description: '' } } as const;
  expect(parseFlags(['--force-conflicts', '-y'], { flags, foreignFlags })).toEqual({ 'assume-yes': true });
  expect(() => parse('--force-conflicts')).toThrow('Unknown flag');
});
