import type { JsonRecord } from '../../../src/record';
import type { FunctionModel } from './model';

/** The spec of the Builder for a function. */
export function builderSpec({ build, image, imageCredentials }: FunctionModel): JsonRecord {
  return { ...build, image, ...(imageCredentials && { imageCredentials }) };
}

/** The spec of the Serving for a function. */
export function servingSpec({ serving, version, imageCredentials, port }: FunctionModel, image: string): JsonRecord {
  const isOlder = serving?.['runtime'] !== undefined;
  return {
    ...serving,
    version,
    image,
    ...(imageCredentials && { imageCredentials }),
    ...(isOlder && { port }),
  };
}
