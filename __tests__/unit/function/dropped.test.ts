import { droppedFields } from '../../../src/function/dropped';

test.each([
  ['nothing', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1], d: 2 } }, []],
  ['a field', { spec: { route: { x: 1 }, image: 'i' } }, { spec: { image: 'i' } }, [['spec', 'route']]],
  ['a field of a list item', { l: [{ a: 1, b: 2 }] }, { l: [{ a: 1 }] }, [['l', 0, 'b']]],
  ['a list item', { l: [1, 2] }, { l: [1] }, [['l', 1]]],
  ['empty values do not count', { l: [], m: {}, n: null, s: '', b: false, z: 0 }, {}, []],
  ['a value that the server wrote in another way', { timeout: '60s' }, { timeout: '1m0s' }, []],
])('%s', (_title, manifest, live, expected) => {
  expect(droppedFields(manifest, live)).toEqual(expected);
});
