/** A request that OpenFunction's webhooks cannot decode. */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

const microsecond = 1000n;
const millisecond = 1000n * microsecond;
const second = 1000n * millisecond;
const minute = 60n * second;
const hour = 60n * minute;

const units: Record<string, bigint | undefined> = {
  ns: 1n,
  us: microsecond,
  µs: microsecond, // micro sign
  μs: microsecond, // Greek mu
  ms: millisecond,
  s: second,
  m: minute,
  h: hour,
};

/** Nanoseconds of a duration, as Go's `time.ParseDuration` reads it. @throws DecodeError in Go's words. */
export function parseGoDuration(text: string): bigint {
  const quoted = JSON.stringify(text);
  const invalid = new DecodeError(`time: invalid duration ${quoted}`);
  const negative = text.startsWith('-');
  const amount = text.replace(/^[-+]/, '');
  if (amount === '0') return 0n;
  if (amount === '') throw invalid;

  let total = 0n;
  for (const [part, whole = '', fraction = '', unit = ''] of amount.matchAll(/(\d*)(?:\.(\d*))?([^.\d]*)/g)) {
    if (part === '') continue;
    if (whole === '' && fraction === '') throw invalid;
    if (unit === '') throw new DecodeError(`time: missing unit in duration ${quoted}`);
    const size = units[unit];
    if (size === undefined) throw new DecodeError(`time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    total += BigInt(whole) * size + (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  const limit = negative ? 2n ** 63n : 2n ** 63n - 1n;
  if (total > limit) throw invalid;
  return negative ? -total : total;
}

/** A duration as Go's `Duration.String` writes it: `1h0m0s`, `1m30s`, `1.5s`, `20ms`. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `-${formatGoDuration(-nanoseconds)}`;
  if (nanoseconds === 0n) return '0s';
  if (nanoseconds < microsecond) return `${String(nanoseconds)}ns`;
  if (nanoseconds < millisecond) return `${decimal(nanoseconds, microsecond)}µs`;
  if (nanoseconds < second) return `${decimal(nanoseconds, millisecond)}ms`;

  const seconds = `${decimal(nanoseconds % minute, second)}s`;
  if (nanoseconds < minute) return seconds;
  const minutes = `${String((nanoseconds % hour) / minute)}m${seconds}`;
  return nanoseconds < hour ? minutes : `${String(nanoseconds / hour)}h${minutes}`;
}

function decimal(amount: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = String(amount % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(amount / unit) : `${String(amount / unit)}.${fraction}`;
}
