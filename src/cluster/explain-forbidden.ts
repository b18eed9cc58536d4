import type { Explanation } from '../errors';
import { redactText } from '../redact';
import type { ClusterIdentity, Status, Subject } from './types';

/** What has to be allowed: a Role of its own for each purpose, so that applying one takes nothing away from another. */
interface Purpose {
  name: string;
  rules: readonly { resource: string; verbs: readonly string[] }[];
}

/** What ofn cannot do without, as docs/rbac.yaml has it. */
const purposes: readonly Purpose[] = [
  {
    name: 'ofn-deploy',
    rules: [
      { resource: 'functions', verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
      { resource: 'functions/status', verbs: ['patch'] },
    ],
  },
  {
    name: 'ofn-logs',
    rules: [
      { resource: 'pods', verbs: ['list', 'watch'] },
      { resource: 'pods/log', verbs: ['get'] },
    ],
  },
  { name: 'ofn-secrets', rules: [{ resource: 'secrets', verbs: ['get', 'create', 'patch'] }] },
  { name: 'ofn-create-namespace', rules: [{ resource: 'namespaces', verbs: ['create'] }] },
];

/** Whether a 403 is for want of a right: admission and quotas answer so, too. */
export function lacksRight({ message = '' }: Status): boolean {
  return message.includes(' cannot ') || isWordless(message);
}

/**
 * For want of the right to create, an apply is refused without another word.
 * Source: k8s.io/apiserver pkg/endpoints/handlers/create.go, withAuthorization.
 */
function isWordless(message: string): boolean {
  return /is forbidden: *(RBAC: .*)?$/.test(message);
}

/** A 403: who lacks what, and the Role that would allow it. */
export function explainForbidden({ message = '' }: Status, subject: Subject, identity: ClusterIdentity): Explanation {
  const isCreation = isWordless(message);
  const [, user, verb = isCreation ? 'create' : subject.verb] = /User "([^"]+)" cannot (\w+)/.exec(message) ?? [];
  const place = subject.namespace === undefined ? '' : ` in namespace "${subject.namespace}"`;
  const name =
    user === undefined ? `The kubeconfig calls you "${identity.user}"` : `The cluster knows you as "${user}"`;
  return {
    what: `Not allowed to ${verb} ${subject.resource}${place}.`,
    why:
      user === undefined && !isCreation
        ? redactText(message)
        : `${name} (context "${identity.context}"), and no Role allows this.`,
    remedy: `Ask an administrator of the cluster to apply this:\n${roleFor(subject)}\n${bindingFor(subject, user ?? 'YOUR_USER')}`,
  };
}

function purposeOf({ resource, verb }: Subject): Purpose {
  const purpose = purposes.find(({ rules }) => rules.some((rule) => rule.resource === resource));
  return purpose ?? { name: `ofn-${resource.replace('/', '-')}`, rules: [{ resource, verbs: [verb] }] };
}

function roleFor(subject: Subject): string {
  const { group, namespace } = subject;
  const { name, rules } = purposeOf(subject);
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === undefined ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    `  name: ${name}`,
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    ...rules.flatMap(({ resource, verbs }) => [
      `  - apiGroups: ["${group}"]`,
      `    resources: ["${resource}"]`,
      `    verbs: [${verbs.join(', ')}]`,
    ]),
  ].join('\n');
}

function bindingFor(subject: Subject, user: string): string {
  const { namespace } = subject;
  const { name } = purposeOf(subject);
  const serviceAccount = /^system:serviceaccount:(.+)$/.exec(user)?.[1];
  const grantee = serviceAccount === undefined ? `--user='${user}'` : `--serviceaccount=${serviceAccount}`;
  return namespace === undefined
    ? `and: kubectl create clusterrolebinding ${name} --clusterrole=${name} ${grantee}`
    : `and: kubectl create rolebinding ${name} --role=${name} ${grantee} --namespace=${namespace}`;
}
