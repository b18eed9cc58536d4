import { parseGoDuration } from '../duration';
import { UserError } from '../errors';

/** Milliseconds of a duration such as `90s`, `5m` or `1h30m`. @throws UserError that names the flag. */
export function parseDuration(text: string, flag: string): number {
  const milliseconds = /^[-+]|^0$/.test(text) ? undefined : parseGoDuration(text);
  if (milliseconds === undefined) {
    throw new UserError({
      what: `${flag}=${text} is not a duration.`,
      remedy: `Write a number with a unit (ms, s, m, h), for instance ${flag}=90s or ${flag}=1h30m.`,
    });
  }
  return milliseconds;
}
