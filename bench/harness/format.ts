import type { Summary } from './statistics';

/** Milliseconds, without more digits than they are worth. */
export const ms = (value: number): string => value.toFixed(Math.abs(value) < 20 ? 1 : 0);

export const megabytes = (value: number): string => value.toFixed(1);

/** `1.23× (1.10–1.40)` */
export const times = ({ median, min, max }: Summary): string =>
  `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})`;

/** `12.3 (11.9–14.0)` in the given format. */
export const range = ({ median, min, max }: Summary, format: (value: number) => string): string =>
  `${format(median)} (${format(min)}–${format(max)})`;

/** A required limit beside its figure: `≤ 40 ok`, `= 1 MISSED`. */
export function verdict(value: number, relation: '=' | '≤', limit: number, show = String): string {
  const kept = relation === '=' ? value === limit : value <= limit;
  return `${relation} ${show(limit)} ${kept ? 'ok' : 'MISSED'}`;
}
