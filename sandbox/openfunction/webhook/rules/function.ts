import type { JsonRecord } from '../../../../src/record';
import { objectAt, textAt } from '../../conversion/go-json';
import { required } from '../field-error';
import { buildProblems } from './build';
import type { Problems } from './problems';

/** The rules in which releases differ. */
export interface ReleaseRules {
  imageCredentials: (spec: JsonRecord) => Problems;
  serving: (serving: JsonRecord) => Problems;
}

/** The rules of `Function.Validate` in OpenFunction v1.0.0 and v1.2.0, function_webhook.go. */
export function* functionProblems(spec: JsonRecord, release: ReleaseRules): Problems {
  const build = objectAt(spec, 'build');
  const serving = objectAt(spec, 'serving');
  if (textAt(spec, 'image') === '') yield required('spec.image', 'must be specified');
  if (build) {
    yield* release.imageCredentials(spec);
    yield* buildProblems(build);
  }
  if (serving) yield* release.serving(serving);
  if (!build && !serving) yield required('spec.serving', 'must be specified when `spec.build` is not enabled');
}
