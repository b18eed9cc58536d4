import { createHash } from 'node:crypto';
import { isRecord, valueAt, type JsonRecord } from '../../../src/record';
import type { KubeObject } from '../../apiserver/objects';
import { parseGoDuration } from '../conversion/go-duration';

/** What the controllers read of a Function, whatever its version. */
export interface FunctionModel {
  build: JsonRecord | undefined;
  serving: JsonRecord | undefined;
  version: string;
  image: string;
  imageCredentials: JsonRecord | undefined;
  /** Started by Dapr instead of HTTP. */
  isAsync: boolean;
  port: number;
}

export function modelOf({ spec }: KubeObject): FunctionModel {
  const serving = recordAt(spec, ['serving']);
  const http = recordAt(serving, ['triggers', 'http']);
  const isAsync = serving?.['runtime'] === 'async' || (serving?.['runtime'] === undefined && http === undefined);
  return {
    build: recordAt(spec, ['build']),
    serving,
    version: textAt(spec, ['version']) || 'latest',
    image: textAt(spec, ['image']),
    imageCredentials: recordAt(spec, ['imageCredentials']),
    isAsync,
    port: isAsync ? 8080 : Number(http?.['port'] ?? valueAt(spec, ['port']) ?? 8080),
  };
}

export function recordAt(value: unknown, path: readonly string[]): JsonRecord | undefined {
  const found = valueAt(value, path);
  return isRecord(found) ? found : undefined;
}

export function textAt(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

/** Milliseconds of a duration in the words of Go. */
export function millisecondsOf(duration: string): number {
  return Number(parseGoDuration(duration) / 1_000_000n);
}

/** The version as it stands in names of objects. */
export function versionInNames(version: string): string {
  return version.replaceAll('.', '');
}

/**
 * A number for a part of a spec, by which the controllers see that it has changed. As in OpenFunction, quantities of
 * resources do not count. Source: OpenFunction v1.2.0 pkg/util Hash, mitchellh/hashstructure.
 */
export function resourceHash(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts, (key, value: unknown) =>
    isRecord(value) ? sortedWithoutQuantities(key, value) : value,
  );
  return BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 16)}`).toString();
}

function sortedWithoutQuantities(key: string, record: JsonRecord): JsonRecord {
  const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const isQuantities = key === 'limits' || key === 'requests';
  return Object.fromEntries(isQuantities ? entries.map(([name]) => [name, '']) : entries);
}
