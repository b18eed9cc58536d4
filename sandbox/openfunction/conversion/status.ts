import type { JsonRecord } from '../../../src/record';
import { objectAt, objectsAt, omitEmpty, present, textAt, values } from './go-json';
import { dereference } from './panic';

/** The status in v1beta2 (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go). */
export function statusToV1beta2(status: JsonRecord): JsonRecord {
  return present({ ...progress(status), ...observed(status) });
}

/** The status in v1beta1: addresses, route and revision are lost where there are no sources. */
export function statusToV1beta1(status: JsonRecord): JsonRecord {
  return present({ ...progress(status), ...(Array.isArray(status.sources) ? observed(status) : {}) });
}

function progress(status: JsonRecord): JsonRecord {
  return {
    build: convertCondition(objectAt(status, 'build')),
    serving: convertCondition(objectAt(status, 'serving')),
    sources: omitEmpty(objectsAt(status, 'sources').map(convertSource)),
  };
}

function observed(status: JsonRecord): JsonRecord {
  const revision = objectAt(status, 'revision');
  const route = objectAt(status, 'route');
  return {
    revision: revision && values(revision, 'imageDigest'),
    addresses: omitEmpty(objectsAt(status, 'addresses').map(convertAddress)),
    route: route && values(route, 'hosts', 'paths', 'conditions'),
  };
}

/** Both directions lose `service`, and the way to v1beta1 also `reason`, `message` and `buildDuration`. */
function convertCondition(condition: JsonRecord | undefined): JsonRecord | undefined {
  return condition && values(condition, 'state', 'resourceRef', 'resourceHash', 'lastSuccessfulResourceRef');
}

function convertSource(source: JsonRecord): JsonRecord {
  const git = objectAt(source, 'git');
  const bundle = objectAt(source, 'bundle');
  return present({
    name: textAt(source, 'name'),
    git: git && values(git, 'commitSha', 'commitAuthor', 'branchName'),
    bundle: bundle && values(bundle, 'digest'),
  });
}

function convertAddress(address: JsonRecord): JsonRecord {
  return { type: dereference(address.type, 'status.addresses[].type'), value: textAt(address, 'value') };
}
