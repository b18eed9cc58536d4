import { engines } from '../../package.json';
import { oldestNode, requireNode } from '../../src/node-version';

test.each(['18.19.0', '18.20.8', '20.0.0', '22.11.0', '24.14.0', '100.0.0'])('Node %s will do', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(['14.14.0', '16.20.2', '18.0.0', '18.18.2'])(
  'Node %s is too old, and is told so in one sentence',
  (version) => {
    expect(() => requireNode(version)).toThrow(`ofn needs Node.js 18.19 or later; this is ${version}.\nWhat to do:`);
  },
);

test('package.json says the same', () => {
  expect(engines.node).toBe(`>=${oldestNode.major}.${oldestNode.minor}`);
});
