/** The namespaces, names and contents of the functions that are deployed. */

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `hello-${index + 1}`);

/** Spec of a small function; each revision differs from the one before in one value. */
const spec = (revision: number): object => ({
  version: 'v1.0.0',
  image: 'registry.example.com/me/hello:v1',
  port: 8080,
  serving: {
    runtime: 'knative',
    params: { FUNCTION_TARGET: 'hello', REVISION: `r${revision}` },
    template: { containers: [{ name: 'function', imagePullPolicy: 'IfNotPresent' }] },
  },
});

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
  spec: object;
}

/** The functions as Kubernetes manifests. */
export function toManifests(namespace: string, count: number, revision: number): Manifest[] {
  return names(count).map((name) => ({
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name, namespace },
    spec: spec(revision),
  }));
}

/** The same functions as an s.yaml; JSON is YAML. */
export function toSYaml(component: string, namespace: string, count: number, revision: number): string {
  const resources = names(count).map((name) => [name, { component, props: { namespace, ...spec(revision) } }]);
  return JSON.stringify({ edition: '3.0.0', name: 'bench', resources: Object.fromEntries(resources) as object });
}
