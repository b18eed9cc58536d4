import { load } from 'js-yaml';
import { explainForbidden } from '../../../src/cluster/explain-forbidden';
import { rbacObjects, type RbacObject } from '../../support/rights';

const identity = { server: 'https://server', context: 'test', user: 'me', source: 'config' };

/** What a Role allows, each verb on each resource by itself. */
function allowedBy({ rules = [] }: RbacObject): string[] {
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}.${apiGroups.join()}`)),
    )
    .sort();
}

test.each([
  ['core.openfunction.io', 'functions', 'n'],
  ['core.openfunction.io', 'functions/status', 'n'],
  ['', 'pods', 'n'],
  ['', 'pods/log', 'n'],
  ['', 'secrets', 'n'],
  ['', 'namespaces', undefined],
])('who lacks a right to %s %s is shown the Role that docs/rbac.yaml has for it', (group, resource, namespace) => {
  const message = `x is forbidden: User "jane" cannot get resource "${resource}"`;
  const { remedy = '' } = explainForbidden(
    { message },
    { verb: 'get', group, resource, namespace, name: 'x' },
    identity,
  );
  const shown = load(/apiVersion:[^]*?(?=\nand: )/.exec(remedy)?.[0] ?? '') as RbacObject;
  const documented = rbacObjects.find(
    ({ kind, metadata }) => kind === shown.kind && metadata.name === shown.metadata.name,
  );
  expect(documented && allowedBy(documented)).toEqual(allowedBy(shown));
});
