import path from 'node:path';
import type { Admin } from '../control-plane/admin';

const component = path.resolve(__dirname, '../..');

/** The s.yaml of a function between two MQTT topics, built in the cluster or not. */
export function toSYaml(isBuilt: boolean): string {
  const build = {
    imageCredentials: { name: 'push-secret' },
    build: {
      builder: 'openfunction/builder-node:v2-16.15',
      env: { FUNC_NAME: 'tryAsync' },
      srcRepo: { url: 'https://github.com/OpenFunction/samples.git', revision: 'main' },
    },
  };
  const topic = (value: string): object => ({
    type: 'bindings.mqtt',
    version: 'v1',
    metadata: [{ name: 'topic', value }],
  });
  const props = {
    version: 'v1.0.0',
    image: 'registry.example.com/me/relay:v1',
    ...(isBuilt && build),
    serving: {
      runtime: 'async',
      annotations: { 'dapr.io/app-protocol': 'http', 'openfunction.io/dapr-service-mode': 'sidecar' },
      params: { FUNCTION_TARGET: 'tryAsync' },
      inputs: [{ name: 'input', component: 'mqtt-in' }],
      outputs: [{ name: 'output', component: 'mqtt-out', operation: 'create' }],
      bindings: { 'mqtt-in': topic('in'), 'mqtt-out': topic('out') },
      template: { containers: [{ name: 'function' }] },
    },
  };
  return JSON.stringify({ edition: '3.0.0', name: 'tour', resources: { relay: { component, props } } });
}

/** The Secret with which the build pushes. */
export async function makePushSecret(admin: Admin): Promise<void> {
  const auths = { 'registry.example.com': {} };
  await admin.request('POST', '/api/v1/namespaces/default/secrets', {
    metadata: { name: 'push-secret' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  });
}
