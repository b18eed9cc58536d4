import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/s';
import { rbacObjects } from '../support/rights';

test('docs/security.md tells what each Role of docs/rbac.yaml is for, and of no others', () => {
  const text = readFileSync(path.join(repository, 'docs/security.md'), 'utf8');
  const told = [...text.matchAll(/^\| `(ofn-[\w-]+)`/gm)].map(([, name]) => name);
  const roles = rbacObjects.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
  expect(told).toEqual(roles.map(({ metadata }) => metadata.name));
});
