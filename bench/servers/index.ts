import type { Server } from './server';

export const serverKinds = ['sandbox', 'real'] as const;
export type ServerKind = (typeof serverKinds)[number];

/** How each kind of server is started; a file for each, loaded when needed. */
const servers: Record<ServerKind, () => Promise<Server>> = {
  sandbox: async () => (await import('./sandbox')).startSandboxServer(),
  real: async () => (await import('./real')).startReal(),
};

/** @throws Error when the server does not start. */
export function startServer(kind: ServerKind): Promise<Server> {
  return servers[kind]();
}
