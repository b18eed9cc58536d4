export interface Candidate<T> {
  /** What has to be done before each repetition and is not measured. */
  prepare?: (repetition: number) => Promise<void>;
  /** One measurement. */
  measure: (repetition: number) => Promise<T>;
}

/**
 * Measures the candidates in turn, A B C A B C …, so that a slow moment of the machine hits all of them alike.
 * Samples of the same index belong together.
 */
export async function interleave<K extends string, T>(
  candidates: Readonly<Record<K, Candidate<T>>>,
  repetitions: number,
): Promise<Record<K, T[]>> {
  const names = Object.keys(candidates) as K[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, T[]>;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const name of names) {
      await candidates[name].prepare?.(repetition);
      samples[name].push(await candidates[name].measure(repetition));
    }
  }
  return samples;
}
