import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../errors';
import { importFunction, type ImportedFunction } from '../../function/imported';
import { referToSecrets, type SecretVariable } from '../../function/secrets';
import type { Place } from '../../inputs/target';
import { formatPath } from '../../path';
import { inSchemaOrder } from '../../props/in-order';
import { evaluatedPlaces } from '../../props/unresolved';
import { withoutUndefined, type JsonRecord } from '../../record';
import { commandNames } from '../names';

/** A Function as a resource of an s.yaml. */
export interface ImportedResource {
  /** The name of the resource. */
  key: string;
  props: JsonRecord;
  /** What stands for its secrets. */
  variables: readonly SecretVariable[];
  /** What of its metadata ofn does not apply. */
  leftOut: readonly string[];
}

/**
 * Functions as resources, each with a name of its own.
 * @param where they are, but for their namespaces
 * @throws UserError for what cannot be written in one s.yaml
 */
export function toResources(functions: readonly JsonRecord[], where: Omit<Place, 'namespace'>): ImportedResource[] {
  const imported = functions.map(importFunction);
  refuseEvaluated(imported);
  const resources: ImportedResource[] = [];
  for (const fn of imported) {
    const keys = resources.map(({ key }) => key);
    const names = resources.flatMap(({ variables }) => variables.map(({ name }) => name));
    resources.push(toResource(fn, keyFor(fn, keys), names, where));
  }
  return resources;
}

function toResource(
  { name, namespace, props: written, leftOut }: ImportedFunction,
  key: string,
  names: readonly string[],
  where: Omit<Place, 'namespace'>,
): ImportedResource {
  const { props, variables } = referToSecrets(inSchemaOrder(written), key, names);
  const place = {
    kubeconfig: where.kubeconfig && fromHome(where.kubeconfig),
    context: where.context,
    namespace,
    name: name === key ? undefined : name,
  };
  return { key, props: { ...withoutUndefined(place), ...props }, variables, leftOut };
}

/** The same file for others who use the s.yaml, if it is in the home folder. */
function fromHome(file: string): string {
  const home = homedir() + path.sep;
  return file.startsWith(home) ? `~/${file.slice(home.length)}` : file;
}

/** The CLI does not run when a resource is called like a command, and knows no dots in the name of one. */
function keyFor({ name, namespace }: ImportedFunction, taken: readonly string[]): string {
  const plain = name.replaceAll('.', '-');
  const isCommand = commandNames.some((command) => command === plain);
  const candidates = [isCommand ? `${plain}-function` : plain, namespace && `${plain}-${namespace}`];
  const key = candidates.find((candidate) => candidate !== undefined && !taken.includes(candidate));
  if (key !== undefined) return key;
  throw new UserError({
    what: `There are several functions "${name}" in the same namespace, or with names too much alike.`,
    remedy: 'Import one of them at a time, each into a file of its own.',
  });
}

/** @throws UserError that lists what the CLI would evaluate, were it in an s.yaml */
function refuseEvaluated(functions: readonly ImportedFunction[]): void {
  const places = functions.flatMap(({ name, props }) =>
    evaluatedPlaces(props).map((place) => `${formatPath(place)} of "${name}"`),
  );
  if (places.length === 0) return;
  throw new UserError({
    what: `These texts cannot stand in an s.yaml:\n${places.map((place) => `  ${place}`).join('\n')}`,
    why: 'They hold ${…} or <%…%>, which the CLI would evaluate; it knows no way to write them as text.',
    remedy: 'Keep the Function in a file, and name that in the s.yaml: props: { manifest: ./function.yaml }',
  });
}
