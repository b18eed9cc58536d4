import { UserError } from '../errors';

const unitMilliseconds: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a Go duration such as `90s`, `5m` or `1h30m`. @throws UserError that names the flag. */
export function parseDuration(text: string, flag: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMilliseconds[unit ?? ''] ?? 0), 0);
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new UserError({
      what: `${flag}=${text} is not a duration.`,
      remedy: `Write a number with a unit (ms, s, m, h), for instance ${flag}=90s or ${flag}=1h30m.`,
    });
  }
  return total;
}
