import { defineFreeCommand } from './command';
import { tellRefusals } from './import/refusals';
import { importFlags, type ImportContext } from './import/flags';
import { put } from './import/output';
import { toResources } from './import/resources';
import { readSources } from './import/sources';
import { isFirstFor } from './once';

export const importFunctions = defineFreeCommand({
  summary: 'Make resources of an s.yaml from functions that are there',
  takesArguments: true,
  description: `Make resources of an s.yaml from functions that are there: in the cluster, or in files of manifests.

What only the cluster writes is left out: status, defaults, bookkeeping. Secrets become references to environment variables,
which are listed; their values are never printed. Nothing is changed in the cluster: s plan shows what deploy would change.

Give names of functions, and files with a folder or an ending, such as ./hello or hello.yaml; without any it is the function
of the resource.

Examples:
  s import hello
  s import ./function.yaml --to=s.yaml
  s cli ofn import --all --namespace=team-a --to=team-a/s.yaml --secrets-to=team-a/.env`,
  flags: importFlags,
  async run(context) {
    if (isRepetition(context)) return undefined;
    const { logger } = context;
    const { functions, releases, where } = await readSources(context);
    const resources = toResources(functions, where);
    if (resources.length === 0) return undefined;
    const result = put(resources, context);
    for (const { key, leftOut } of resources) {
      if (leftOut.length > 0) logger.warn(`${key}: ofn does not apply metadata.${leftOut.join(', metadata.')}.`);
    }
    await tellRefusals(resources, releases, context);
    return result;
  },
});

/** What the arguments name is the same for all resources of an s.yaml. */
function isRepetition({ source, args, flags }: ImportContext): boolean {
  if (source === undefined || (args.length === 0 && flags.all !== true)) return false;
  return !isFirstFor(source.file, 'import');
}
