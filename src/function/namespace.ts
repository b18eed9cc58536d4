import type { Manifest } from './types';

/** The Namespace that `createNamespace: true` asks for. */
export function toNamespace(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
