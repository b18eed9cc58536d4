import path from 'node:path';
import { build } from 'esbuild';
import { repository } from '../component';

/** Bundles a probe as the component itself is built. @returns its path */
export async function bundleProbe(name: string, folder: string): Promise<string> {
  const outfile = path.join(folder, `${name}.cjs`);
  await build({
    entryPoints: [path.join(repository, `bench/probes/${name}.ts`)],
    outfile,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node18',
  });
  return outfile;
}
