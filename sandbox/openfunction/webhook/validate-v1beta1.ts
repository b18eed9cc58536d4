import type { JsonRecord } from '../../../src/record';
import { decodeFunction } from '../conversion/decode';
import { objectAt, textAt } from '../conversion/go-json';
import { invalid, notSupported, required } from './field-error';
import { componentProblems } from './rules/components';
import { functionProblems } from './rules/function';
import { firstOf, oneOfOrEmpty, type Problems } from './rules/problems';
import { boundsProblems, replicas, type Bounds } from './rules/replicas';
import { jobProblems, scaledJobPath, scalingStrategyProblems } from './rules/scaled-job';
import { advancedProblems, intervalProblems, scaledObjectPath } from './rules/scaled-object';
import { scalerProblems } from './rules/scalers';

const runtimes = ['async', 'knative'];

const replicaCounts: Bounds = {
  path: scaledObjectPath,
  min: 'minReplicaCount',
  max: 'maxReplicaCount',
  defaultMax: 100,
  reversed: 'must be less than maxReplicaCount',
};

/**
 * Why the validating webhook refuses a v1beta1 Function, or undefined
 * (OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go).
 *
 * @throws DecodeError for a bad duration.
 */
export function validateV1beta1(fn: JsonRecord): string | undefined {
  const spec = objectAt(decodeFunction(fn), 'spec') ?? {};
  return firstOf(functionProblems(spec, { imageCredentials: imageCredentialsProblems, serving: servingProblems }));
}

function* imageCredentialsProblems(spec: JsonRecord): Problems {
  const credentials = objectAt(spec, 'imageCredentials');
  const detail = 'must be specified when `spec.build` is enabled';
  if (!credentials) yield required('spec.imageCredentials', detail);
  if (textAt(credentials, 'name') === '') yield required('spec.imageCredentials.name', detail);
}

function* servingProblems(serving: JsonRecord): Problems {
  const runtime = textAt(serving, 'runtime');
  const scaleOptions = objectAt(serving, 'scaleOptions') ?? {};
  if (runtime === '') yield required('spec.serving.runtime', 'must be specified');
  if (!runtimes.includes(runtime)) yield notSupported('spec.serving.runtime', runtime, runtimes);
  yield* boundsProblems(scaleOptions, replicas);
  yield* kedaProblems(objectAt(scaleOptions, 'keda') ?? {});
  yield* componentProblems(serving);
  yield* scalerProblems(serving);
}

function* kedaProblems(keda: JsonRecord): Problems {
  const scaledObject = objectAt(keda, 'scaledObject');
  const scaledJob = objectAt(keda, 'scaledJob');
  if (scaledJob && scaledObject) {
    yield required(scaledObjectPath, 'scaledJob and scaledObject have at most one enabled');
  }
  if (scaledObject) {
    yield* oneOfOrEmpty(scaledObject, scaledObjectPath, 'workloadType', ['Deployment', 'StatefulSet']);
    yield* intervalProblems(scaledObject);
    yield* boundsProblems(scaledObject, replicaCounts);
    yield* advancedProblems(scaledObject);
  }
  if (scaledJob) {
    yield* jobProblems(scaledJob);
    yield* maxReplicaCountProblems(scaledJob);
    yield* scalingStrategyProblems(scaledJob);
  }
}

function* maxReplicaCountProblems({ maxReplicaCount }: JsonRecord): Problems {
  if (typeof maxReplicaCount === 'number' && maxReplicaCount <= 0) {
    yield invalid(`${scaledJobPath}.maxReplicaCount`, maxReplicaCount, 'must not be less than 0');
  }
}
