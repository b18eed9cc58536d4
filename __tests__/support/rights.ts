import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import type { Admin } from '../../scripts/control-plane/admin';
import { repository } from './s';

export interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

export interface RbacObject {
  apiVersion: string;
  kind: 'Role' | 'RoleBinding' | 'ClusterRole' | 'ClusterRoleBinding';
  metadata: { name: string; namespace?: string };
  rules?: Rule[];
  roleRef?: { apiGroup: string; kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

const group = 'rbac.authorization.k8s.io';
const text = readFileSync(path.join(repository, 'docs/rbac.yaml'), 'utf8');

/** The objects of docs/rbac.yaml. */
export const rbacObjects = loadAll(text) as RbacObject[];

/** The user who may do in a namespace what docs/rbac.yaml allows. */
export function deployerOf(namespace: string): string {
  return `system:serviceaccount:${namespace}:deployer`;
}

/** In a kubeconfig: an administrator who acts as the deployer of a namespace, and may do no more than that. */
export function asDeployer(token: string, namespace: string): object {
  return { token, as: deployerOf(namespace) };
}

/**
 * What docs/rbac.yaml makes when it is applied in a namespace, with the commands of its comments less the optional one.
 * @param home where the deployer is, if not there
 */
export function rightsIn(namespace: string, home = namespace): RbacObject[] {
  const isGuest = home !== namespace;
  const objects = rbacObjects.map((object): RbacObject => {
    const { kind, metadata } = object;
    if (kind === 'ClusterRole') return object;
    if (kind === 'Role' || !isGuest) return { ...object, metadata: { ...metadata, namespace } };
    return { ...object, metadata: { name: `${metadata.name}-${home}`, namespace }, subjects: [subjectOf(home)] };
  });
  return [...objects, ...bindingsByCommand(home).filter(({ roleRef }) => roleRef?.name !== createNamespace)];
}

/** The Role that nobody gets but those who ask for it. */
export const createNamespace = 'ofn-create-namespace';

/** The same for the whole cluster, as deploy needs it where it creates namespaces. */
export function rightsEverywhere(home: string): RbacObject[] {
  const objects = rbacObjects.map((object): RbacObject => {
    const { metadata, roleRef } = object;
    if (!roleRef) return { ...object, kind: 'ClusterRole' };
    return {
      ...object,
      kind: 'ClusterRoleBinding',
      metadata: { name: `${metadata.name}-${home}` },
      roleRef: { ...roleRef, kind: 'ClusterRole' },
      subjects: [subjectOf(home)],
    };
  });
  return [...objects, ...bindingsByCommand(home)];
}

function subjectOf(namespace: string): { kind: string; name: string; namespace: string } {
  return { kind: 'ServiceAccount', name: 'deployer', namespace };
}

const command =
  /^# +kubectl create (cluster)?rolebinding (\S+)(?: -n (\S+))? --clusterrole=(\S+) --serviceaccount=NAMESPACE:deployer$/gm;

/** What the commands in the comments make, which have to name the namespace. */
function bindingsByCommand(home: string): RbacObject[] {
  return [...text.matchAll(command)].map(([, isForCluster, name = '', namespace, role = '']) => ({
    apiVersion: `${group}/v1`,
    kind: isForCluster ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name: name.replace('NAMESPACE', home), ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: role },
    subjects: [subjectOf(home)],
  }));
}

/** Makes these objects, unless they are there. */
export async function grant(admin: Admin, objects: readonly RbacObject[]): Promise<void> {
  const make = async (object: RbacObject): Promise<void> => {
    const { namespace } = object.metadata;
    const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
    const path = `/apis/${group}/v1${scope}/${object.kind.toLowerCase()}s`;
    const { status, body } = await admin.request('POST', path, object);
    if (status !== 201 && status !== 409) throw new Error(`${path}: ${JSON.stringify(body)}`);
  };
  await Promise.all(objects.map(make));
}
