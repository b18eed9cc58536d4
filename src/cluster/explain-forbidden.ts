import type { Explanation } from '../errors';
import { redactText } from '../redact';
import type { ClusterIdentity, Status, Subject } from './types';

/** What ofn needs to do all its work with Functions in a namespace. */
const functionVerbs = ['get', 'list', 'watch', 'create', 'patch', 'delete'];
const otherVerbs = ['get', 'create', 'patch'];
/** What logs need. */
const logRules = [
  { resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { resource: 'pods/log', verbs: ['get'] },
];

/** A 403: who lacks what, and the Role that would allow it. */
export function explainForbidden({ message = '' }: Status, subject: Subject, identity: ClusterIdentity): Explanation {
  const user = /User "([^"]+)" cannot/.exec(message)?.[1];
  const place = subject.namespace === undefined ? '' : ` in namespace "${subject.namespace}"`;
  return {
    what: `Not allowed to ${subject.verb} ${subject.resource}${place}.`,
    why:
      user === undefined
        ? redactText(message)
        : `The cluster knows you as "${user}" (context "${identity.context}"), and no Role allows this.`,
    remedy: `Ask an administrator of the cluster to apply this:\n${roleFor(subject)}\n${bindingFor(subject, user ?? 'YOUR_USER')}`,
  };
}

/** What has to be allowed: a Role of its own for each purpose, so that applying one takes nothing away from another. */
interface Purpose {
  name: string;
  rules: readonly { resource: string; verbs: readonly string[] }[];
}

function purposeOf({ resource }: Subject): Purpose {
  switch (resource) {
    case 'functions':
      return { name: 'ofn', rules: [{ resource, verbs: functionVerbs }] };
    case 'pods':
    case 'pods/log':
      return { name: 'ofn-logs', rules: logRules };
    default:
      return { name: `ofn-${resource.replace('/', '-')}`, rules: [{ resource, verbs: otherVerbs }] };
  }
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
