import { load } from 'js-yaml';
import { toJson } from '../../../src/cluster/json';

test('JSON with line ends of Unicode means the same to a reader of YAML', () => {
  const body = { 'a\u2028b': ['\u0085', '\u2029', '\ufeff', '\u007f', 'ü👍'] };
  const json = toJson(body);
  expect(json).toBe('{"a\\u2028b":["\\u0085","\\u2029","\\ufeff","\\u007f","ü👍"]}');
  expect(JSON.parse(json)).toEqual(body);
  expect(load(json)).toEqual(body);
});
