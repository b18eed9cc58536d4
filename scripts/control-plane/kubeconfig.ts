/** A kubeconfig as an object; JSON is YAML, so it can be written as JSON. */
export function toKubeconfig({
  server,
  ca,
  token,
  namespace,
  name = 'test',
}: {
  server: string;
  ca: string;
  token: string;
  namespace?: string;
  /** Of the context, the cluster and the user. */
  name?: string;
}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace && { namespace }) } }],
    'current-context': name,
  };
}
