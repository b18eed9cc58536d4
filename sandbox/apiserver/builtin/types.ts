import { ageColumn, nameColumn } from '../discovery/table';
import type { Column, ResourceType } from '../resources';
import { podColumns, workloadColumns } from './columns';
import { eventView } from './events';
import { newConfigMap, newCrd, newNamespace, newPod, newSecret, newWorkload, type Prepare } from './prepare';
import { configMapRules, crdRules, podRules, secretRules, workloadRules, type Rules } from './rules';

interface Outline {
  group?: string;
  version?: string;
  kind: string;
  plural: string;
  shortNames?: string[];
  categories?: string[];
  clusterWide?: boolean;
  hasStatus?: boolean;
  hasGeneration?: boolean;
  subresources?: Record<string, string>;
  columns?: Column[];
  verbs?: string[];
  prepare?: Prepare;
  rules?: Rules;
}

function builtIn(outline: Outline): ResourceType {
  const { group = '', version = 'v1', kind, plural, shortNames = [], clusterWide = false, hasStatus = false } = outline;
  const { columns = [], hasGeneration = false, categories, subresources, verbs, prepare, rules } = outline;
  return {
    group,
    kind,
    listKind: `${kind}List`,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    ...(categories && { categories }),
    namespaced: !clusterWide,
    versions: [{ name: version, schema: undefined, columns: [nameColumn, ...columns, ageColumn], hasStatus }],
    storageVersion: version,
    hasGeneration,
    builtIn: true,
    ...(subresources && { subresources }),
    ...(verbs && { verbs }),
    ...(prepare && { prepare }),
    ...(rules && { rules }),
  };
}

const all = ['all'];

function workload(kind: string, plural: string, shortName: string): ResourceType {
  return builtIn({
    group: 'apps',
    kind,
    plural,
    shortNames: [shortName],
    categories: all,
    hasStatus: true,
    hasGeneration: true,
    columns: workloadColumns,
    prepare: newWorkload,
    rules: workloadRules,
  });
}

/** The types that every cluster has, as far as OpenFunction, ofn and kubectl touch them. */
export const builtInTypes: readonly ResourceType[] = [
  builtIn({
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    clusterWide: true,
    hasStatus: true,
    subresources: { finalize: 'Namespace' },
    prepare: newNamespace,
  }),
  builtIn({
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: all,
    hasStatus: true,
    subresources: { log: 'Pod' },
    columns: podColumns,
    prepare: newPod,
    rules: podRules,
  }),
  builtIn({ kind: 'Service', plural: 'services', shortNames: ['svc'], categories: all, hasStatus: true }),
  builtIn({ kind: 'Secret', plural: 'secrets', prepare: newSecret, rules: secretRules }),
  builtIn({
    kind: 'ConfigMap',
    plural: 'configmaps',
    shortNames: ['cm'],
    prepare: newConfigMap,
    rules: configMapRules,
  }),
  builtIn({ kind: 'ServiceAccount', plural: 'serviceaccounts', shortNames: ['sa'] }),
  builtIn({ kind: 'Node', plural: 'nodes', shortNames: ['no'], clusterWide: true, hasStatus: true }),
  ...eventView(builtIn),
  workload('Deployment', 'deployments', 'deploy'),
  workload('ReplicaSet', 'replicasets', 'rs'),
  workload('StatefulSet', 'statefulsets', 'sts'),
  builtIn({ group: 'batch', kind: 'Job', plural: 'jobs', categories: all, hasStatus: true, hasGeneration: true }),
  builtIn({ group: 'rbac.authorization.k8s.io', kind: 'Role', plural: 'roles' }),
  builtIn({ group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', plural: 'rolebindings' }),
  builtIn({ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', plural: 'clusterroles', clusterWide: true }),
  builtIn({
    group: 'rbac.authorization.k8s.io',
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    clusterWide: true,
  }),
  builtIn({
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    clusterWide: true,
    hasStatus: true,
    hasGeneration: true,
    prepare: newCrd,
    rules: crdRules,
  }),
  builtIn({
    group: 'authorization.k8s.io',
    kind: 'SelfSubjectAccessReview',
    plural: 'selfsubjectaccessreviews',
    clusterWide: true,
    verbs: ['create'],
  }),
];
