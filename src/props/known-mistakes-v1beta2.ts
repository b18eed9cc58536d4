import { placeInV1beta2 } from '../function/v1beta2/places';
import { formatPath, type Path } from '../path';
import type { Advice } from './advice';

const bounds: Advice = {
  message:
    'In v1beta2 these are the bounds of the function: "minReplicas" and "maxReplicas" of "serving.scaleOptions".',
};

/** Properties of v1beta1 that are nowhere in v1beta2 as they are, by their place without indexes. */
const properties: Readonly<Record<string, Advice>> = {
  'serving.runtime': {
    message: 'In v1beta2 the triggers say it: "serving.triggers.http" or "serving.triggers.dapr".',
    example: { serving: { triggers: { dapr: [{ name: 'my-component', inputName: 'in' }] } } },
  },
  'build.params': {
    message: 'In v1beta2 it is a list: "build.shipwright.params".',
    example: { build: { shipwright: { params: [{ name: 'SKIP_RESTORE', value: 'true' }] } } },
  },
  'serving.scaleOptions.keda.scaledObject.minReplicaCount': bounds,
  'serving.scaleOptions.keda.scaledObject.maxReplicaCount': bounds,
  'serving.scaleOptions.keda.scaledJob.maxReplicaCount': bounds,
  'serving.scaleOptions.keda.scaledObject.workloadType': { message: 'In v1beta2 it is "serving.workloadType".' },
};

/** What someone meant who wrote a property of v1beta1 in props of v1beta2. */
export function adviceInV1beta2(path: Path): Advice | undefined {
  const advice = properties[path.filter((key) => typeof key === 'string').join('.')];
  if (advice !== undefined) return advice;
  const meant = placeInV1beta2(path);
  return meant === path ? undefined : { message: `In v1beta2 it is "${formatPath(meant)}".`, meant };
}
