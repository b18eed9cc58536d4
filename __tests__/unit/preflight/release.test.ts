import { releasesServing } from '../../../src/preflight/release';

test.each<[string[], string[]]>([
  [
    ['v1alpha2', 'v1beta1'],
    ['0.6', '0.7', '0.8'],
  ],
  [
    ['v1beta1', 'v1alpha2'],
    ['0.6', '0.7', '0.8'],
  ],
  [['v1beta1'], ['1.0']],
  [
    ['v1beta1', 'v1beta2'],
    ['1.1', '1.2'],
  ],
  [
    ['v1beta2', 'v1beta1'],
    ['1.1', '1.2'],
  ],
  [['v1beta2'], ['1.1', '1.2']],
  [
    ['v1alpha2', 'v1beta1', 'v1beta2'],
    ['1.1', '1.2'],
  ],
])('the versions %j are served by the releases %j', (versions, expected) => {
  expect(releasesServing(versions)).toEqual(expected);
});
