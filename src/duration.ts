const unitMilliseconds: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  // Both letters that look like this.
  '\u00b5s': 1e-3,
  '\u03bcs': 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go counts nanoseconds in 64 bits, which is some 292 years. */
const limit = 2 ** 63 / 1e6;

/**
 * Milliseconds of a Go duration such as `90s`, `-5m` or `1h30m`; undefined for any other text.
 * Source: time.ParseDuration of Go 1.
 */
export function parseGoDuration(text: string): number | undefined {
  const [, sign, amounts] =
    /^([-+]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (amounts === undefined) return undefined;
  const parts = [...amounts.matchAll(/([\d.]+)([^\d.]+)/g)];
  const total = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitMilliseconds[unit] ?? 0), 0);
  if (total >= limit) return undefined;
  return sign === '-' ? -total : total;
}

/** A duration as Go writes it: `1h0m0s`, `5m0s`, `1.5s`, `20ms`. Source: Duration.String of Go 1. */
export function formatGoDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatGoDuration(-milliseconds)}`;
  const nanoseconds = Math.round(milliseconds * 1e6);
  if (nanoseconds === 0) return '0s';
  if (nanoseconds < 1e3) return `${nanoseconds}ns`;
  if (nanoseconds < 1e6) return `${nanoseconds / 1e3}\u00b5s`;
  if (nanoseconds < 1e9) return `${nanoseconds / 1e6}ms`;
  const minutes = Math.floor(nanoseconds / 60e9);
  const seconds = `${(nanoseconds - minutes * 60e9) / 1e9}s`;
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}
