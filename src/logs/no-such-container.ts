import { UserError } from '../errors';

/** A container was asked for that no pod has. @param there the names of those that they have */
export function noSuchContainer(name: string, container: string, there: readonly string[]): UserError {
  return new UserError({
    what: `No pod of "${name}" has a container "${container}".`,
    why: `They have ${[...new Set(there)].join(', ')}.`,
    remedy: 'Name one of these with --container, or all.',
  });
}
