import { isRecord } from '../record';

/**
 * A value as OpenFunction's controllers tell it from others: amounts of resources count by the family of their unit alone.
 * Their hash skips unexported fields, and of a Quantity only the format is exported.
 * Source: mitchellh/hashstructure v1.1.0; k8s.io/apimachinery/pkg/api/resource.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(normal(value, false));
}

function normal(value: unknown, isAmount: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => normal(item, false));
  if (!isRecord(value)) return isAmount ? unitFamily(value) : value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined && item !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, item]) => [key, amountMaps.has(key) ? amounts(item) : normal(item, amountFields.has(key))]);
}

/** Maps whose values are amounts, in a PodSpec. */
const amountMaps = new Set(['limits', 'requests', 'overhead']);
const amountFields = new Set(['sizeLimit', 'divisor']);

function amounts(map: unknown): unknown {
  if (!isRecord(map)) return map;
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, amount]) => [name, unitFamily(amount)]);
}

/** Ki, Mi, Gi… are one family, k, M, G… another, exponents a third. */
function unitFamily(amount: unknown): string {
  const text = String(amount);
  if (/i$/.test(text)) return 'BinarySI';
  return /[eE][-+]?\d/.test(text) ? 'DecimalExponent' : 'DecimalSI';
}
