import { parseArguments, parseFlags } from '../../../src/inputs/argv';
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
  [['-n', 'a'], 'Unknown flag -n.', 'Did you mean --namespace?'],
  [['--yes'], 'Unknown flag --yes.', 'Did you mean --assume-yes?'],
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

test('arguments that were meant for another command are read as far as they are known', () => {
  const args = ['--use-local', '--tail', '5', 'start', '-y', '--namespace=a'];
  expect(parseFlags(args, { flags, tolerant: true })).toEqual({ 'assume-yes': true, namespace: 'a' });
  expect(() => parse(...args)).toThrow('Unknown flag --use-local.');
});

test('names of inherited properties are no flags', () => {
  expect(() => parse('--toString')).toThrow('Unknown flag --toString.');
});

test('what is no flag is handed over where a command takes it, what stands after "--" as it is', () => {
  expect(parseArguments(['a', '-y', './b.yaml', '--namespace', 'n', '--', '--c', 'd'], { flags })).toEqual({
    flags: { 'assume-yes': true, namespace: 'n' },
    positionals: ['a', './b.yaml'],
    rest: ['--c', 'd'],
  });
});
