import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { recordAt, textAt, type JsonRecord } from '../record';
import { readManifest } from './manifest';

/** A resource of an s.yaml as it is written there, references unresolved. */
export interface WrittenResource {
  name: string;
  props: JsonRecord;
}

/** All resources of the s.yaml at `file` that use the same component as one of them. @throws UserError for a manifest that cannot be read */
export async function resourcesLike(file: string, name: string): Promise<WrittenResource[]> {
  const resources = readResources(file);
  const component = textAt(resources, [name, 'component']);
  const alike = Object.entries(resources).filter(([, resource]) => textAt(resource, ['component']) === component);
  return Promise.all(
    alike.map(async ([key, resource]) => {
      const props = recordAt(resource, ['props']);
      const manifest = textAt(props, ['manifest']);
      if (manifest === '') return { name: key, props };
      return { name: key, props: (await readManifest(manifest, path.dirname(file))).props };
    }),
  );
}

/** How the s.yaml at `file` names the component of a resource; empty where it does not. */
export function componentOf(file: string, name: string): string {
  return textAt(readResources(file), [name, 'component']);
}

function readResources(file: string): JsonRecord {
  return recordAt(parse(readFileSync(file, 'utf8'), { logLevel: 'silent' }), ['resources']);
}
