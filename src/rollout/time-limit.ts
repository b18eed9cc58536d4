import { parseGoDuration } from '../duration';
import { textAt } from '../record';

/** Milliseconds that the Function itself allows for its build and its start: to give up sooner would be to miss the end. */
export function ownTimeLimit(fn: unknown): number {
  const of = (...path: string[]): number => parseGoDuration(textAt(fn, ['spec', ...path])) ?? 0;
  return Math.max(of('build', 'timeout'), of('build', 'shipwright', 'timeout')) + of('serving', 'timeout');
}
