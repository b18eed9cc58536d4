import { ClusterError } from '../errors';

/**
 * Refusals, one after the other, until they are believed of what was allowed before: a server that has just started may not
 * know yet who may do what. In the usual pace that is about half a minute.
 */
export const mostRefusals = 9;

/** Whether the server did not allow something. */
export function isForbidden(error: unknown): error is ClusterError {
  return error instanceof ClusterError && error.status === 403;
}
