/** What a table shows of samples. */
export interface Summary {
  median: number;
  min: number;
  max: number;
}

/** @throws Error when there are no samples. */
export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  const upper = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) {
    throw new Error('There are no samples.');
  }
  return { median: (lower + upper) / 2, min, max };
}

/** Combines samples that were taken in the same repetition. @throws Error when they are not equally many. */
export function pairwise(
  left: readonly number[],
  right: readonly number[],
  combine: (left: number, right: number) => number,
): number[] {
  return left.map((value, index) => {
    const other = right[index];
    if (other === undefined || left.length !== right.length) throw new Error('The samples are not pairs.');
    return combine(value, other);
  });
}

export const difference = (left: readonly number[], right: readonly number[]): number[] =>
  pairwise(left, right, (a, b) => a - b);

export const ratio = (left: readonly number[], right: readonly number[]): number[] =>
  pairwise(left, right, (a, b) => a / b);
