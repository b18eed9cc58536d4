import { isRecord } from '../record';

/**
 * A value as OpenFunction's controllers tell it from others: amounts of resources count by the family of their unit alone.
 * Their hash skips unexported fields, and of a Quantity only the format is exported.
 * Source: mitchellh/hashstructure v1.1.0; k8s.io/apimachinery/pkg/api/resource.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(normal(value, 'none'));
}

/** Whether a value is an amount, or a map of amounts. */
type Amounts = 'none' | 'self' | 'values';

/** Where amounts are in a PodSpec. */
const amountsAt: Readonly<Record<string, Amounts>> = {
  limits: 'values',
  requests: 'values',
  overhead: 'values',
  sizeLimit: 'self',
  divisor: 'self',
};

function normal(value: unknown, amounts: Amounts): unknown {
  if (Array.isArray(value)) return value.map((item) => normal(item, 'none'));
  if (!isRecord(value)) return amounts === 'self' ? unitFamily(value) : value;
  return Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== null)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, item]) => [key, normal(item, amounts === 'values' ? 'self' : (amountsAt[key] ?? 'none'))]);
}

/** Ki, Mi, Gi… are one family, k, M, G… another, exponents a third. */
function unitFamily(amount: unknown): string {
  const text = String(amount);
  if (text.endsWith('i')) return 'BinarySI';
  return /[eE][-+]?\d/.test(text) ? 'DecimalExponent' : 'DecimalSI';
}
