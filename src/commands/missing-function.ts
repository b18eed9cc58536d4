import { UserError } from '../errors';

/** A function was asked for that is not there. */
export function missingFunction(name: string, place: string): UserError {
  return new UserError({ what: `The function "${name}" does not exist ${place}.`, remedy: 'Create it with: s deploy' });
}
