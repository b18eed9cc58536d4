/** A kubeconfig as an object; JSON is YAML, so it can be written as JSON. */
export function toKubeconfig({
  server,
  ca,
  token,
  namespace,
}: {
  server: string;
  ca: string;
  token: string;
  namespace?: string;
}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', ...(namespace && { namespace }) } }],
    'current-context': 'test',
  };
}
