import { isRecord } from './record';

/** What a server-side apply does to a structural object, less removals and defaults: maps merge, everything else is replaced. */
export function overlay(live: unknown, manifest: unknown): unknown {
  if (!isRecord(live) || !isRecord(manifest)) return manifest;
  return {
    ...live,
    ...Object.fromEntries(Object.entries(manifest).map(([key, value]) => [key, overlay(live[key], value)])),
  };
}
