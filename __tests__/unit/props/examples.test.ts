import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { checkProps } from '../../../src/props/check';
import { propsOrigin } from '../../../src/props/origin';
import { validateProps } from '../../../src/props/validate';

const folder = path.resolve(__dirname, '../../../examples');

test.each(readdirSync(folder))('nothing is to be said of the example %s', async (name) => {
  const file = path.join(folder, name, 's.yaml');
  const { resources } = load(readFileSync(file, 'utf8')) as { resources: Record<string, { props: object }> };
  for (const [resource, { props }] of Object.entries(resources)) {
    const origin = propsOrigin(resource, file);
    const problems = await validateProps(props, origin);
    for (const releases of [undefined, ['0.8'], ['1.0'], ['1.1'], ['1.2']] as const) {
      const target = { name: resource, namespace: 'default', releases };
      expect(checkProps({ props, problems, origin }, target)).toEqual([]);
    }
  }
});
