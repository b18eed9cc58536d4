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
