import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { textAt } from '../../record';
import type { FreeContext } from '../command';

/** The name of this component in the registry of Serverless Devs. */
const registered = 'ofn';

/**
 * How an s.yaml in a folder names this component: as the present s.yaml does, else as the command line does. Where it is
 * a path, that is only right for the folder it was written for.
 */
export function componentFor(
  { source, component = registered, cwd }: Pick<FreeContext, 'source' | 'component' | 'cwd'>,
  folder: string,
): string {
  if (source !== undefined && path.dirname(source.file) === folder) {
    const written: unknown = parse(readFileSync(source.file, 'utf8'), { logLevel: 'silent' });
    return textAt(written, ['resources', source.resource, 'component']) || component;
  }
  const file = path.resolve(cwd, component);
  return existsSync(file) ? file : component;
}
