import type { IncomingMessage } from 'node:http';
import { load } from 'js-yaml';
import { badRequest, unsupportedMediaType } from '../errors';

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase();
}

const objectTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** An object of some kind in JSON or YAML. @throws ApiError 400 or 415. */
export function parseObject(text: string, type: string, kind: string): unknown {
  if (type !== '' && type !== 'application/json' && type !== 'application/yaml') {
    throw unsupportedMediaType(objectTypes);
  }
  try {
    return type === 'application/yaml' ? load(text) : (JSON.parse(text) as unknown);
  } catch (error) {
    const words = `couldn't get version/kind; json parse error: ${(error as Error).message}`;
    throw badRequest(`the object provided is unrecognized (must be of type ${kind}): ${words}`);
  }
}

/** @throws ApiError 400 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw badRequest(`invalid character: ${(error as Error).message}`);
  }
}

/** YAML, of which JSON is a part. @throws ApiError 400 */
export function parseYaml(text: string): unknown {
  try {
    return load(text);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
}
