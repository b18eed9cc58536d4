import { readProps } from '../../../src/inputs/inputs';

const inputs = { command: 'deploy', args: [], cwd: '/' };

test.each([
  ['none', undefined, {}],
  ['null, which an empty "props:" is in YAML', null, {}],
  ['a map', { image: 'i' }, { image: 'i' }],
  ['JSON', '{"image": "i"}', { image: 'i' }],
])('props may be %s', (_title, props, expected) => {
  expect(readProps({ ...inputs, props } as Parameters<typeof readProps>[0])).toEqual(expected);
});

test.each(['null', '[]', '1', 'image: i'])('-p %s is no JSON object', (props) => {
  expect(() => readProps({ ...inputs, props })).toThrow('The value of -p is not a JSON object.');
});
