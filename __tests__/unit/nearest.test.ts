import { nearest } from '../../src/nearest';

test.each([
  ['bindngs', 'bindings'],
  ['Image', 'image'],
  ['asnc', 'async'],
  ['serving', 'serving'],
])('%s is most likely a slip of %s', (word, expected) => {
  expect(nearest(word, ['bindings', 'image', 'async', 'serving'])).toBe(expected);
});

test('a word that is far from all candidates has no nearest one', () => {
  expect(nearest('kubernetes', ['image', 'port'])).toBeUndefined();
});
