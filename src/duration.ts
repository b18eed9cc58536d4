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
