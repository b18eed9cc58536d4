import type { JsonRecord } from '../../src/record';
import { badRequest, internalError } from '../apiserver/errors';
import type { ObjectDraft } from '../apiserver/objects';
import { versionOf, type Admission, type ResourceType } from '../apiserver/resources';
import { DecodeError } from './conversion/go-duration';
import { builderToV1beta1, servingObjectToV1beta1 } from './conversion/owned';
import { ConversionPanic } from './conversion/panic';
import { toV1beta1 } from './conversion/to-v1beta1';
import { toV1beta2 } from './conversion/to-v1beta2';
import { group, type Release } from './release';
import { defaultV1beta1 } from './webhook/default-v1beta1';
import { defaultV1beta2 } from './webhook/default-v1beta2';
import { validateV1beta1 } from './webhook/validate-v1beta1';
import { validateV1beta2 } from './webhook/validate-v1beta2';

/** Adds to the types of OpenFunction what its webhooks do. */
export function withWebhooks(release: Release): (type: ResourceType) => ResourceType {
  return (type) => {
    if (type.group !== group) return type;
    return {
      ...type,
      ...(type.kind === 'Function' && { admission: admissionOf(release) }),
      ...(release === '1.2' && { convert: converterOf(type.kind) }),
    };
  };
}

const webhook = 'vfunctions.of.io';

/** What the webhooks for Functions do, in the version for which they are registered. */
interface FunctionWebhooks {
  version: string;
  /** @throws DecodeError for what is no Function in Go */
  mutate: (object: JsonRecord) => JsonRecord;
  /** @returns why the Function is refused. @throws DecodeError */
  validate: (object: JsonRecord) => string | undefined;
}

export const functionWebhooks: Readonly<Record<Release, FunctionWebhooks>> = {
  '1.0': { version: 'v1beta1', mutate: defaultV1beta1, validate: validateV1beta1 },
  '1.2': { version: 'v1beta2', mutate: defaultV1beta2, validate: validateV1beta2 },
};

function admissionOf(release: Release): Admission {
  const { version, mutate, validate } = functionWebhooks[release];
  return {
    version,
    mutate: (object) => decoded('mfunctions.of.io', () => mutate(object)) as ObjectDraft,
    validate(object) {
      const reason = decoded(webhook, () => validate(object));
      return reason === undefined ? undefined : { webhook, reason };
    },
  };
}

/** A webhook that cannot read what it is sent refuses it, and says so in the words of Go. */
function decoded<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw badRequest(`admission webhook "${name}" denied the request: ${error.message}`);
  }
}

function converterOf(kind: string): (object: JsonRecord, version: string) => JsonRecord {
  return (object, version) => {
    try {
      return convert(object, version);
    } catch (error) {
      throw conversionFailure(kind, versionOf(String(object['apiVersion'])), error as Error);
    }
  };
}

/** An object of OpenFunction in another version. @throws Error with the words of Go; ConversionPanic */
export function convert(object: JsonRecord, version: string): JsonRecord {
  if (versionOf(String(object['apiVersion'])) === version) return object;
  const [newer, older] = converters[String(object['kind'])] ?? [];
  const converter = version === 'v1beta2' ? newer : older;
  return converter?.(object) ?? object;
}

type Converter = (object: JsonRecord) => JsonRecord;

const asV1beta2: Converter = (object) => ({ ...object, apiVersion: `${group}/v1beta2` });

/** To v1beta2 and to v1beta1. Nobody writes Builders and Servings as v1beta1. */
const converters: Readonly<Record<string, readonly [Converter, Converter]>> = {
  Function: [toV1beta2, toV1beta1],
  Builder: [asV1beta2, builderToV1beta1],
  Serving: [asV1beta2, servingObjectToV1beta1],
};

/** A conversion webhook that panics drops the connection; the API server knows no more than that. */
function conversionFailure(kind: string, version: string, error: Error): Error {
  const subject = `conversion webhook for ${group}/${version}, Kind=${kind} failed`;
  if (!(error instanceof ConversionPanic)) return internalError(`${subject}: ${error.message}`);
  return internalError(
    `${subject}: Post "https://openfunction-webhook-service.openfunction.svc:443/convert?timeout=30s": EOF`,
  );
}
