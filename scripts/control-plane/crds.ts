import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import type { Crd } from './admin';

/** Published OpenFunction objects and CRDs, beside the repository; tests use them in place. */
export const conformanceFolder = path.resolve(__dirname, '../../../shared/conformance');

export function hasConformance(): boolean {
  return existsSync(conformanceFolder);
}

/** The CRDs of an OpenFunction release, for instance `v1.0.0`. */
export function readCrds(release: string): Crd[] {
  const folder = path.join(conformanceFolder, 'crds', release);
  return readdirSync(folder).map((file) => load(readFileSync(path.join(folder, file), 'utf8')) as Crd);
}
