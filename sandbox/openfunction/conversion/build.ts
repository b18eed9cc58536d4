import type { JsonRecord } from '../../../src/record';
import { objectAt, objectsAt, omitEmpty, pointers, present, sortedEntries, textAt, values } from './go-json';
import { dereference } from './panic';

/**
 * `spec.build` in v1beta2 (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go).
 * Its timeout is lost.
 *
 * @throws ConversionPanic for params without shipwright.
 */
export function buildToV1beta2(build: JsonRecord): JsonRecord {
  const params = sortedEntries(build, 'params').map(([name, value]) => ({ name, value }));
  const shipwright = objectAt(build, 'shipwright');
  return present({
    ...sharedFields(build),
    shipwright:
      shipwright || params.length > 0
        ? present({
            ...engineFields(dereference(shipwright, 'spec.build.shipwright')),
            params: omitEmpty(params),
          })
        : undefined,
  });
}

/** `spec.build` in v1beta1. Its timeout is lost, and so are params that are not a single value. */
export function buildToV1beta1(build: JsonRecord): JsonRecord {
  const shipwright = objectAt(build, 'shipwright');
  const params = objectsAt(shipwright, 'params').filter(({ value }) => typeof value === 'string');
  return present({
    ...sharedFields(build),
    shipwright: shipwright && engineFields(shipwright),
    params: omitEmpty(Object.fromEntries(params.map((param) => [textAt(param, 'name'), param.value]))),
  });
}

/** Both directions drop `timeout`. */
function sharedFields(build: JsonRecord): JsonRecord {
  const srcRepo = objectAt(build, 'srcRepo');
  return {
    ...pointers(build, 'builder', 'builderCredentials', 'dockerfile', 'builderMaxAge'),
    ...pointers(build, 'failedBuildsHistoryLimit', 'successfulBuildsHistoryLimit'),
    ...values(build, 'env'),
    srcRepo: srcRepo && convertSrcRepo(srcRepo),
  };
}

/** Both directions write the name of the credentials where the image of the bundle belongs. */
function convertSrcRepo(srcRepo: JsonRecord): JsonRecord {
  const credentials = objectAt(srcRepo, 'credentials');
  const bundleContainer = objectAt(srcRepo, 'bundleContainer') && {
    image: textAt(dereference(credentials, 'spec.build.srcRepo.credentials'), 'name'),
  };
  return present({
    ...values(srcRepo, 'url'),
    ...pointers(srcRepo, 'sourceSubPath', 'revision', 'credentials'),
    bundleContainer,
  });
}

function engineFields(shipwright: JsonRecord): JsonRecord {
  const strategy = objectAt(shipwright, 'strategy');
  return present({
    strategy: strategy && { name: textAt(strategy, 'name'), ...pointers(strategy, 'kind') },
    ...pointers(shipwright, 'timeout'),
  });
}
