import type { Connected } from './command';
import type { FunctionInfo } from '../function/info';

/** What the functions were that this process has removed. */
const removed = new Map<string, FunctionInfo>();

/** Other resources of the s.yaml may refer to a function, and the CLI asks for it before it removes them, too. */
export function rememberRemoved(connected: Connected, info: FunctionInfo): void {
  removed.set(identityOf(connected), info);
}

export function recallRemoved(connected: Connected): FunctionInfo | undefined {
  return removed.get(identityOf(connected));
}

function identityOf({ api, key }: Connected): string {
  return [api.connection.identity.server, key.namespace, key.name].join(' ');
}
