import type { JsonRecord } from '../../../../src/record';
import { objectAt, textAt } from '../../conversion/go-json';
import { invalid, quoted, required } from '../field-error';
import { notNegative, oneOf, oneOfOrEmpty, type Problems } from './problems';

/** OpenFunction spells the path of these fields without the d of `scaledJob`. */
export const scaledJobPath = 'spec.serving.scaleOptions.keda.scaleJob';
const strategyPath = `${scaledJobPath}.scalingStrategy`;

export function* jobProblems(scaledJob: JsonRecord): Problems {
  yield* oneOf(scaledJob, scaledJobPath, 'restartPolicy', ['Always', 'OnFailure', 'Never']);
  const limits = ['pollingInterval', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'];
  yield* notNegative(scaledJob, scaledJobPath, limits, 'must not be less than 0');
}

/** The rules of `ValidateKedaScaledJobScalingStrategy` in OpenFunction v1.0.0 and v1.2.0, function_webhook.go. */
export function* scalingStrategyProblems(scaledJob: JsonRecord): Problems {
  const strategy = objectAt(scaledJob, 'scalingStrategy') ?? {};
  const percentage = textAt(strategy, 'customScalingRunningJobPercentage');
  yield* oneOfOrEmpty(strategy, strategyPath, 'strategy', ['default', 'custom', 'accurate']);
  if (strategy.strategy === 'custom') {
    const missing = 'must be specified when `strategy.Strategy` is custom';
    if (typeof strategy.customScalingQueueLengthDeduction !== 'number') {
      yield required(`${strategyPath}.customScalingQueueLengthDeduction`, missing);
    }
    if (percentage === '') yield required(`${strategyPath}.customScalingRunningJobPercentage`, missing);
  }
  yield* notNegative(strategy, strategyPath, ['customScalingQueueLengthDeduction']);
  if (percentage !== '' && !/^([0-9.]+)[ ]*%$/.test(percentage)) {
    const path = `${strategyPath}.customScalingRunningJobPercentage`;
    yield invalid(path, quoted(percentage), 'is not an invalid percentage value');
  }
}
