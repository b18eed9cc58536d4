import type { Admin } from '../../scripts/control-plane/admin';

export function functionPath(namespace: string, name: string): string {
  return `/apis/core.openfunction.io/v1beta1/namespaces/${namespace}/functions/${name}`;
}

/** Props of a small function. */
export function hello(more: object = {}): object {
  return {
    version: 'v1.0.0',
    image: 'registry.example.com/me/hello:v1',
    serving: {
      runtime: 'knative',
      params: { FUNCTION_TARGET: 'hello' },
      template: { containers: [{ name: 'function' }] },
    },
    ...more,
  };
}

/** Makes a namespace, if need be, with the Secrets that published Functions and tests build with. */
export async function makeSecrets(admin: Admin, namespace = 'default'): Promise<void> {
  const auths = { 'https://index.docker.io/v1/': {}, 'registry.example.com': {} };
  await admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await admin.request('POST', `/api/v1/namespaces/${namespace}/secrets`, {
    metadata: { name: 'push-secret' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  });
  await admin.request('POST', `/api/v1/namespaces/${namespace}/secrets`, {
    metadata: { name: 'git-repo-secret' },
    type: 'kubernetes.io/basic-auth',
    stringData: { username: 'me', password: 'p' },
  });
}

/** Whether a request only looks what the cluster has, before a Function is applied. */
export function isLook(requestURI: string): boolean {
  return requestURI === '/apis' || /\/(secrets|gateways|(cluster)?buildstrategies|deployments)(\/|$)/.test(requestURI);
}
