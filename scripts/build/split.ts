import path from 'node:path';
import { build } from 'esbuild';
import { oldestNode } from '../../src/node-version';
import { slimClientNode } from './slim-client-node';

/** ES modules that import each other by their names. */
export interface Modules {
  /** The name of the first that is loaded. */
  entry: string;
  /** Code by names, as `./FILE`. */
  code: ReadonlyMap<string, string>;
  /** The files that they were made of, relative to the working directory. */
  sources: readonly string[];
}

/** For esbuild: the oldest Node on which ofn runs. */
export const target = `node${oldestNode.major}.${oldestNode.minor}`;

/** Bundles an entry and all that it imports into ES modules, a new one wherever `import()` may load only a part. */
export async function split(entry: string): Promise<Modules> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outdir: '.',
    bundle: true,
    splitting: true,
    // What is built does not depend on where the packages really are.
    preserveSymlinks: true,
    format: 'esm',
    platform: 'node',
    target,
    minify: true,
    legalComments: 'none',
    plugins: [slimClientNode],
    // Its ES modules are those for browsers; of what Node would take nothing could be left out.
    alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    entry: `./${path.basename(entry, '.ts')}.js`,
    code: new Map(outputFiles.map(({ path: file, text }) => [`./${path.basename(file)}`, text])),
    sources: parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file),
  };
}
