import { ApiError } from '../errors';
import type { KubeObject } from '../objects';
import type { Store } from '../store';
import { isAdministrator, type User } from './users';

/** A question to RBAC. */
export interface AccessRequest {
  verb: string;
  group: string;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
}

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  verbs: string[];
}

interface Binding extends KubeObject {
  roleRef: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

const rbac = 'rbac.authorization.k8s.io';

/** Whether Roles and ClusterRoles let a user do something. Everybody who is known may ask what they may do. */
export function isAllowed(store: Store, user: User, request: AccessRequest): boolean {
  if (isAdministrator(user)) return true;
  if (request.resource === 'selfsubjectaccessreviews') return user.groups.includes('system:authenticated');
  return rulesOf(store, user, request.namespace).some((rule) => covers(rule, request));
}

/** @throws ApiError 403. */
export function authorize(store: Store, user: User, request: AccessRequest): void {
  if (isAllowed(store, user, request)) return;
  const { verb, group, resource, subresource, namespace, name } = request;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const subject = group === '' ? resource : `${resource}.${group}`;
  const scope = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  throw new ApiError(
    403,
    'Forbidden',
    `${subject}${name === '' ? '' : ` "${name}"`} is forbidden: ` +
      `User "${user.name}" cannot ${verb} resource "${what}" in API group "${group}" ${scope}`,
    { ...(name && { name }), ...(group && { group }), kind: resource },
  );
}

/** Whether a user may read a path that is no object. */
export function isOpenPath(user: User, path: string): boolean {
  if (/^\/(healthz|livez|readyz|version)$/.test(path) || isAdministrator(user)) return true;
  return user.groups.includes('system:authenticated') && /^\/(api|apis|openapi)(\/|$)/.test(path);
}

function rulesOf(store: Store, user: User, namespace: string): Rule[] {
  const everywhere = bindingsOf(store, 'clusterrolebindings', user);
  const here = bindingsOf(store, 'rolebindings', user).filter(
    ({ metadata }) => namespace !== '' && metadata.namespace === namespace,
  );
  return [...everywhere, ...here].flatMap(({ roleRef, metadata }) => {
    const kind = roleRef.kind === 'ClusterRole' ? 'clusterroles' : 'roles';
    const role = store.get(`${kind}.${rbac}`, kind === 'roles' ? (metadata.namespace ?? '') : '', roleRef.name);
    return (role?.['rules'] ?? []) as Rule[];
  });
}

function bindingsOf(store: Store, kind: string, user: User): Binding[] {
  return (store.list(`${kind}.${rbac}`) as Binding[]).filter(({ metadata, subjects = [] }) =>
    subjects.some((subject) =>
      subject.kind === 'Group' ? user.groups.includes(subject.name) : nameOf(subject, metadata.namespace) === user.name,
    ),
  );
}

/** A service account without a namespace is one of the namespace of the binding. Source: Kubernetes pkg/registry/rbac/validation/rule.go. */
function nameOf({ kind, name, namespace }: { kind: string; name: string; namespace?: string }, home = ''): string {
  return kind === 'ServiceAccount' ? `system:serviceaccount:${namespace ?? home}:${name}` : name;
}

function covers({ apiGroups = [], resources = [], resourceNames = [], verbs }: Rule, request: AccessRequest): boolean {
  const { verb, group, resource, subresource, name } = request;
  const allows = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  return (
    allows(verbs, verb) &&
    allows(apiGroups, group) &&
    allows(resources, subresource === '' ? resource : `${resource}/${subresource}`) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}
