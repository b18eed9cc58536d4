import Ofn from '../../src';

test('the component has no fields of its own: the CLI copies those of all resources for each of them', () => {
  const component = new Ofn();
  expect(Object.keys(component)).toEqual([]);
  expect(Object.keys(component.commands)).toEqual([
    'deploy',
    'build',
    'logs',
    'plan',
    'render',
    'info',
    'remove',
    'import',
  ]);
});
