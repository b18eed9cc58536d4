import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { versionOf } from '../api-version';
import { messageOf, UserError } from '../errors';
import type { Manifest } from '../function/types';
import { print } from '../inputs/logger';
import { readApiVersion } from '../inputs/api-version';
import { releasesServing } from '../preflight/release';
import { textAt } from '../record';
import { defineCommand, type Context } from './command';
import { checkFlags, deployFlags } from './common-flags';
import { settle } from './findings';
import { isFirstFor } from './once';
import { warnUnresolved } from './unresolved';
import { inVersion } from './version/convert';

export const render = defineCommand({
  summary: 'Print the manifests that deploy would apply',
  description: `Print the manifests that deploy would apply, as YAML for kubectl. No cluster is contacted.

Values are printed as they are, secrets included. With -o json the manifests are the result of the command.
--graph draws instead what flows between the functions of the s.yaml, as a Mermaid flowchart for Markdown.`,
  flags: {
    graph: { type: 'boolean', description: 'Print what flows through all functions of the s.yaml, as Mermaid.' },
    'api-version': {
      type: 'string',
      value: 'VERSION',
      description: 'Print the Function in this version: v1beta1 or v1beta2. Default: that of the props.',
    },
    'output-dir': { type: 'string', value: 'DIR', description: 'Write one file for each manifest into this folder.' },
    ...deployFlags,
    ...checkFlags,
  },
  async run(context) {
    const { flags, namespace, manifest, namespaceManifest, cwd, wantsResult, logger } = context;
    if (flags.graph === true) return printGraph(context);
    warnUnresolved(context);
    const version = readApiVersion(flags['api-version']) ?? versionOf(manifest());
    const releases = version === 'v1beta2' ? releasesServing(['v1beta2']) : undefined;
    await settle(await context.check({ releases }), context, flags.strict === true);
    const created = namespace === undefined ? undefined : namespaceManifest(namespace);
    const { foreseeProducts } = await import('./products');
    const products = await foreseeProducts(context, flags);
    const { body } = await inVersion(manifest(namespace, products), version);
    const manifests: Manifest[] = [...(created ? [created] : []), body];
    if (flags['output-dir'] !== undefined) {
      return { files: await writeFiles(path.resolve(cwd, flags['output-dir']), manifests) };
    }
    if (wantsResult) return { manifests };
    const { toYaml } = await import('../ui/yaml');
    print(logger, manifests.map(toYaml).join('---\n').trimEnd());
    return undefined;
  },
});

async function printGraph({ source, manifest, logger }: Context): Promise<undefined> {
  const { toMermaid } = await import('../function/graph');
  if (source === undefined) {
    print(logger, toMermaid([manifest()]));
    return;
  }
  if (!isFirstFor(source.file, 'graph')) return undefined;
  const { resourcesLike } = await import('../inputs/resources');
  const resources = await resourcesLike(source.file, source.resource);
  const functions = resources.map(({ name, props }) => ({
    metadata: { name: textAt(props, ['name']) || name },
    spec: props,
  }));
  print(logger, toMermaid(functions));
  return undefined;
}

async function writeFiles(folder: string, manifests: readonly Manifest[]): Promise<string[]> {
  const { toYaml } = await import('../ui/yaml');
  try {
    await mkdir(folder, { recursive: true });
    return await Promise.all(
      manifests.map(async (manifest) => {
        const file = path.join(folder, `${manifest.metadata.name}.${manifest.kind.toLowerCase()}.yaml`);
        await writeFile(file, toYaml(manifest));
        return file;
      }),
    );
  } catch (error) {
    throw new UserError(
      {
        what: `Cannot write the manifests into ${folder}.`,
        why: messageOf(error),
        remedy: 'Choose another folder with --output-dir.',
      },
      { cause: error },
    );
  }
}
