import { findUnresolved } from '../../../src/props/unresolved';

test('references of the CLI are found wherever they stand; other text in braces is left alone', () => {
  const props = {
    image: 'r/${resources.a.output.name}:v1',
    serving: { params: { GREETING: 'Hello ${name}', URL: "${env('URL')}" }, inputs: [{ name: '${vars.input}' }] },
  };
  expect(findUnresolved(props).map(({ path }) => path)).toEqual([
    ['image'],
    ['serving', 'params', 'URL'],
    ['serving', 'inputs', 0, 'name'],
  ]);
});
