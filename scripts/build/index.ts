import { rm, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { slimClientNode } from './slim-client-node';

const outdir = 'dist';

/**
 * Bundles the component: one entry, and a chunk for each part that is loaded when needed.
 *
 * The CLI needs CommonJS, but esbuild splits ES modules only. So it splits first, and each chunk is then made CommonJS.
 */
async function main(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: ['src/index.ts'],
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node18',
    // Short names for what chunks take from each other.
    minify: true,
    legalComments: 'none',
    plugins: [slimClientNode],
    write: false,
    logLevel: 'warning',
  });

  await rm(outdir, { recursive: true, force: true });
  for (const { path: file, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node18',
      supported: { 'dynamic-import': false },
      minify: true,
      legalComments: 'none',
    });
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, code);
  }
}

void main();
