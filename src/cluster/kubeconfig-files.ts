import { existsSync } from 'node:fs';
import path from 'node:path';
import { findHomeDir } from '@kubernetes/client-node/dist/config.js';
import { UserError } from '../errors';

/**
 * The kubeconfig files to use, in kubectl's order: the given one, those of KUBECONFIG that exist, ~/.kube/config.
 * Empty when there is none.
 * @throws UserError when the given file, or every file of KUBECONFIG, is missing.
 */
export function kubeconfigFiles(given: string | undefined, env = process.env): string[] {
  if (given !== undefined) {
    if (!existsSync(given)) throw missing(`The kubeconfig file ${given} does not exist.`);
    return [given];
  }
  if (env['KUBECONFIG']) {
    const listed = env['KUBECONFIG'].split(path.delimiter).filter(Boolean);
    const existing = listed.filter((file) => existsSync(file));
    if (existing.length === 0) {
      throw missing(`None of the files in the variable KUBECONFIG exists: ${listed.join(', ')}.`);
    }
    return existing;
  }
  const home = findHomeDir();
  const file = home === null ? undefined : path.join(home, '.kube', 'config');
  return file !== undefined && existsSync(file) ? [file] : [];
}

function missing(what: string): UserError {
  return new UserError({ what, remedy: 'Correct the path. The default is ~/.kube/config, which kubectl uses, too.' });
}
