import type { Schema } from '../../apiserver/schema/schema';
import { integer, list, mapOf, object, text } from './parts';

const hostname: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 253,
  pattern: '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
};

const conditionType: Schema = {
  type: 'string',
  maxLength: 316,
  pattern:
    '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
};

const condition = object(
  {
    type: conditionType,
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    reason: { type: 'string', minLength: 1, maxLength: 1024, pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$' },
    message: { type: 'string', maxLength: 32_768 },
    lastTransitionTime: text,
    observedGeneration: { type: 'integer', minimum: 0 },
  },
  ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
);

const route = object({
  hosts: { ...list(hostname), maxItems: 16 },
  paths: {
    ...list(
      object({
        type: { type: 'string', default: 'PathPrefix', enum: ['Exact', 'PathPrefix', 'RegularExpression'] },
        value: { type: 'string', default: '/', maxLength: 1024 },
      }),
    ),
    maxItems: 16,
  },
  conditions: {
    ...list(condition),
    minItems: 1,
    maxItems: 8,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  },
});

const sources = list(
  object(
    {
      name: text,
      git: object({ commitSha: text, commitAuthor: text, branchName: text }),
      bundle: object({ digest: text }),
    },
    ['name'],
  ),
);

/** `status` of a Function. v1beta1 has neither reasons nor messages. */
export function functionStatus(version: 'v1beta1' | 'v1beta2'): Schema {
  const part = object({
    state: text,
    resourceRef: text,
    lastSuccessfulResourceRef: text,
    resourceHash: text,
    service: text,
    ...(version === 'v1beta2' && { reason: text, message: text, buildDuration: text }),
  });
  return object({
    build: part,
    serving: part,
    route,
    addresses: list(object({ type: text, value: { type: 'string', minLength: 1, maxLength: 253 } }, ['type', 'value'])),
    revision: object({ imageDigest: text }),
    sources,
  });
}

/** `status` of a Builder; the message came with v1beta2. */
export function builderStatus(version: 'v1beta1' | 'v1beta2'): Schema {
  return object({
    phase: text,
    state: text,
    reason: text,
    resourceRef: mapOf(text),
    output: object({ digest: text, size: integer }),
    sources,
    ...(version === 'v1beta2' && { message: text, buildDuration: text }),
  });
}

/** `status` of a Serving; reason and message came with v1beta2. */
export function servingStatus(version: 'v1beta1' | 'v1beta2'): Schema {
  return object({
    phase: text,
    state: text,
    resourceRef: mapOf(text),
    url: text,
    ...(version === 'v1beta2' && { reason: text, message: text }),
  });
}
