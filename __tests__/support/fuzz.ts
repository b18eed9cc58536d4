import type { Parameters } from 'fast-check';

/**
 * How a property is tested: always the same cases, so that a failure is a change of the code;
 * with OFN_FUZZ_RUNS as many others. A failure prints its seed, which OFN_FUZZ_SEED repeats.
 */
export function fuzz<T>(runs: number): Parameters<T> {
  const { OFN_FUZZ_RUNS: more, OFN_FUZZ_SEED: seed } = process.env;
  if (seed !== undefined) return { numRuns: Number(more ?? runs), seed: Number(seed) };
  return more === undefined ? { numRuns: runs, seed: 1 } : { numRuns: Number(more) };
}
