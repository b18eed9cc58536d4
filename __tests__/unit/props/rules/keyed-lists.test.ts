import { formatPath } from '../../../../src/path';
import type { Draft } from '../../../../src/props/draft';
import { keyedItems } from '../../../../src/props/rules/keyed-lists';

function ask(props: Draft): string[] {
  const problems = keyedItems(props, { name: 'hello', namespace: 'default', releases: undefined });
  return problems.map(({ severity, path, message }) => `${severity} ${formatPath(path)}: ${message}`);
}

const header = { name: 'X-Team', value: 'blue' };
const spread = { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 } as const;

test.each<[string, Draft, string]>([
  [
    'ports, for which TCP is assumed',
    {
      serving: {
        template: {
          containers: [
            {
              name: 'function',
              ports: [
                { containerPort: 80 },
                { containerPort: 80, protocol: 'UDP' },
                { containerPort: 80, protocol: 'TCP' },
              ],
            },
          ],
        },
      },
    },
    'serving.template.containers[0].ports[2]: has the same containerPort and protocol',
  ],
  [
    'spread constraints',
    { serving: { template: { containers: [], topologySpreadConstraints: [spread, { ...spread, maxSkew: 2 }] } } },
    'serving.template.topologySpreadConstraints[1]: has the same topologyKey and whenUnsatisfiable',
  ],
  [
    'matched headers',
    { route: { rules: [{ matches: [{ headers: [header, header] }] }] } },
    'route.rules[0].matches[0].headers[1]: has the same name',
  ],
  [
    'headers of a filter',
    {
      route: {
        rules: [{ filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { add: [header, header] } }] }],
      },
    },
    'route.rules[0].filters[0].requestHeaderModifier.add[1]: has the same name',
  ],
])('repeated: %s', (_title, props, problem) => {
  expect(ask(props)).toEqual([
    `error ${problem} as item 0 of the list, and Kubernetes refuses it. Remove one of them.`,
  ]);
});

test('other lists may repeat themselves, and what is missing is no repetition', () => {
  const container = { name: 'function', args: ['a', 'a'], ports: [undefined, undefined] };
  const props: Draft = { route: { rules: [{}, {}] }, serving: { template: { containers: [container, container] } } };
  expect(ask(props)).toEqual([]);
});
