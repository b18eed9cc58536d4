import type { JsonRecord } from '../../../src/record';
import { decodeFunction } from '../conversion/decode';
import { objectAt, textAt } from '../conversion/go-json';
import { invalid, quoted, required } from './field-error';
import { functionProblems } from './rules/function';
import { firstOf, notNegative, type Problems } from './rules/problems';
import { boundsProblems, replicas } from './rules/replicas';
import { jobProblems, scalingStrategyProblems } from './rules/scaled-job';
import { advancedProblems, intervalProblems, scaledObjectPath } from './rules/scaled-object';

const kedaPath = 'spec.serving.scaleOptions.keda';

/**
 * Why the validating webhook refuses a v1beta2 Function, or undefined
 * (OpenFunction v1.2.0 apis/core/v1beta2/function_webhook.go). The Function is one that was defaulted before.
 *
 * @throws DecodeError for a bad duration.
 */
export function validateV1beta2(fn: JsonRecord): string | undefined {
  const spec = objectAt(decodeFunction(fn), 'spec') ?? {};
  return firstOf(functionProblems(spec, { imageCredentials: imageCredentialsProblems, serving: servingProblems }));
}

function* imageCredentialsProblems(spec: JsonRecord): Problems {
  const credentials = objectAt(spec, 'imageCredentials');
  if (credentials && textAt(credentials, 'name') === '') {
    yield required('spec.imageCredentials.name', 'must be specified when `spec.build.imageCredentials` is enabled');
  }
}

function* servingProblems(serving: JsonRecord): Problems {
  const scaleOptions = objectAt(serving, 'scaleOptions') ?? {};
  yield* boundsProblems(scaleOptions, replicas);
  yield* kedaProblems(objectAt(scaleOptions, 'keda') ?? {});
  yield* engineProblems(objectAt(objectAt(serving, 'triggers'), 'http') ?? {});
}

function* kedaProblems(keda: JsonRecord): Problems {
  const httpScaledObject = objectAt(keda, 'httpScaledObject');
  const scaledObject = objectAt(keda, 'scaledObject');
  const scaledJob = objectAt(keda, 'scaledJob');
  if ([httpScaledObject, scaledObject, scaledJob].filter(Boolean).length > 1) {
    yield required(kedaPath, 'Exactly one of scaledJob, scaledObject and httpScaledObject should be enabled');
  }
  if (httpScaledObject) {
    yield* notNegative(httpScaledObject, `${kedaPath}.httpScaledObject`, ['targetPendingRequests']);
    // With the path of another field, as OpenFunction has it.
    yield* notNegative(httpScaledObject, scaledObjectPath, ['cooldownPeriod']);
  }
  if (scaledObject) {
    yield* intervalProblems(scaledObject);
    yield* advancedProblems(scaledObject);
    yield* fallbackProblems(objectAt(scaledObject, 'fallback'));
  }
  if (scaledJob) {
    yield* jobProblems(scaledJob);
    yield* scalingStrategyProblems(scaledJob);
  }
}

/** OpenFunction spells this path without the d of `scaledObject`. */
function* fallbackProblems(fallback: JsonRecord | undefined): Problems {
  if (!fallback) return;
  const { failureThreshold = 0 } = fallback;
  const path = `${kedaPath}.scaleObject.fallback`;
  if (typeof failureThreshold === 'number' && failureThreshold < 1) {
    yield invalid(`${path}.failureThreshold`, failureThreshold, 'must be greater than or equal to 1');
  }
  yield* notNegative(fallback, path, ['replicas'], 'must be greater than or equal to 0');
}

function* engineProblems({ engine }: JsonRecord): Problems {
  if (typeof engine !== 'string' || ['knative', 'keda'].includes(engine)) return;
  yield invalid(
    'spec.serving.triggers.http.engine',
    quoted(engine),
    'Unknown engine type, supported engines include knative and keda',
  );
}
