import type { JsonRecord } from '../../../../src/record';
import { invalid } from '../field-error';
import { notNegative, type Problems } from './problems';

/** Bounds as a webhook compares them: with a default for each that is absent. */
export interface Bounds {
  path: string;
  min: string;
  max: string;
  defaultMax: number;
  reversed: string;
}

export function* boundsProblems(parent: JsonRecord, { path, min, max, defaultMax, reversed }: Bounds): Problems {
  yield* notNegative(parent, path, [min, max]);
  const lower = numberAt(parent, min) ?? 0;
  const upper = numberAt(parent, max) ?? defaultMax;
  if (lower > upper) yield invalid(`${path}.${min}`, lower, reversed);
}

/** The bounds of `scaleOptions`. */
export const replicas: Bounds = {
  path: 'spec.serving.scaleOptions',
  min: 'minReplicas',
  max: 'maxReplicas',
  defaultMax: 10,
  reversed: 'cannot be greater than maxReplicas',
};

function numberAt(parent: JsonRecord, key: string): number | undefined {
  const value = parent[key];
  return typeof value === 'number' ? value : undefined;
}
