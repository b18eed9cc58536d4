import { readFileSync } from 'node:fs';
import process from 'node:process';
import { CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';

// Deploys the Functions of a file as the component before this one did: read, then patch or create, one after the other.
const kubeconfig = new KubeConfig();
kubeconfig.loadFromDefault();
const api = kubeconfig.makeApiClient(CustomObjectsApi);
const kind = { group: 'core.openfunction.io', version: 'v1beta1', plural: 'functions' };
const asMergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

for (const body of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const { name, namespace } = body.metadata;
  const key = { ...kind, namespace, name };
  if (await exists(key)) await api.patchNamespacedCustomObject({ ...key, body }, asMergePatch);
  else await api.createNamespacedCustomObject({ ...kind, namespace, body });
}

async function exists(key) {
  try {
    await api.getNamespacedCustomObject(key);
    return true;
  } catch (error) {
    if (error.code === 404) return false;
    throw error;
  }
}
