import type { Explanation } from '../errors';
import { redactText } from '../redact';
import type { ClusterIdentity, Status, Subject } from './types';

/** What ofn needs to do all its work with Functions in a namespace. */
const functionVerbs = ['get', 'list', 'watch', 'create', 'patch', 'delete'];
const namespaceVerbs = ['get', 'create', 'patch'];

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

function roleFor({ group, resource, namespace }: Subject): string {
  const verbs = resource === 'functions' ? functionVerbs : namespaceVerbs;
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === undefined ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    '  name: ofn',
    ...(namespace === undefined ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    `  - apiGroups: ["${group}"]`,
    `    resources: ["${resource}"]`,
    `    verbs: [${verbs.join(', ')}]`,
  ].join('\n');
}

function bindingFor({ namespace }: Subject, user: string): string {
  const serviceAccount = /^system:serviceaccount:(.+)$/.exec(user)?.[1];
  const grantee = serviceAccount === undefined ? `--user='${user}'` : `--serviceaccount=${serviceAccount}`;
  return namespace === undefined
    ? `and: kubectl create clusterrolebinding ofn --clusterrole=ofn ${grantee}`
    : `and: kubectl create rolebinding ofn --role=ofn ${grantee} --namespace=${namespace}`;
}
