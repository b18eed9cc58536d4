import { existsSync } from 'node:fs';
import path from 'node:path';
import { componentOf } from '../../inputs/resources';
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
    return componentOf(source.file, source.resource) || component;
  }
  const file = path.resolve(cwd, component);
  return existsSync(file) ? file : component;
}
