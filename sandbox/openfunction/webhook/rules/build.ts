import type { JsonRecord } from '../../../../src/record';
import { objectAt, pointers, textAt } from '../../conversion/go-json';
import { required } from '../field-error';
import { durationNotNegative, notNegative, oneOf, type Problems } from './problems';

const path = 'spec.build';

/** The rules of `ValidateBuild` in OpenFunction v1.0.0 and v1.2.0, function_webhook.go. */
export function* buildProblems(build: JsonRecord): Problems {
  if (Object.keys(pointers(build, 'builder', 'dockerfile')).length === 0) {
    yield required(`${path}.builder`, 'must be specified when `spec.build.dockerfile` is not enabled');
  }
  yield* srcRepoProblems(objectAt(build, 'srcRepo'));
  yield* durationNotNegative(build, path, 'timeout');
  yield* notNegative(build, path, ['successfulBuildsHistoryLimit', 'failedBuildsHistoryLimit']);
  yield* durationNotNegative(build, path, 'builderMaxAge');
  yield* shipwrightProblems(objectAt(build, 'shipwright') ?? {});
}

function* srcRepoProblems(srcRepo: JsonRecord | undefined): Problems {
  if (!srcRepo) yield required(`${path}.srcRepo`, 'must be specified when `spec.build` enabled');
  if (textAt(srcRepo, 'url') === '' && !objectAt(srcRepo, 'bundleContainer')) {
    yield required(`${path}.srcRepo`, 'must specify one of: `url` or `bundleContainer`');
  }
}

function* shipwrightProblems(shipwright: JsonRecord): Problems {
  const strategy = objectAt(shipwright, 'strategy') ?? {};
  yield* oneOf(strategy, `${path}.shipwright.strategy`, 'kind', ['BuildStrategy', 'ClusterBuildStrategy']);
  yield* durationNotNegative(shipwright, `${path}.shipwright`, 'timeout');
}
