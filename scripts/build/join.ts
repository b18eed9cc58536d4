import { transform } from 'esbuild';
import { rollup, type ManualChunksOption } from '@rollup/wasm-node';
import { target, type Modules } from './split';

/** Characters of code. Finding and opening a file takes as long as reading so much more of one. */
const small = 20_000;

/** For esbuild: the oldest Node on which the CLI runs; what it always loads must be able to say that this is too old. */
const targetOfCli = 'node14.14';

/**
 * Makes CommonJS of split modules, as the CLI needs it, and one module of all the small ones that others share.
 * esbuild can do neither: it splits ES modules only, and into as many as there are combinations of who needs what.
 * @returns code by file names
 */
export async function join({ entry, code }: Modules): Promise<ReadonlyMap<string, string>> {
  const bundle = await rollup({
    input: entry,
    preserveEntrySignatures: 'allow-extension',
    external: (id) => !id.startsWith('.'),
    plugins: [
      {
        name: 'split-modules',
        resolveId: (id) => (code.has(id) ? id : undefined),
        load: (id) => code.get(id),
      },
    ],
    onwarn: (warning, warn) => {
      if (warning.code !== 'UNUSED_EXTERNAL_IMPORT') warn(warning);
    },
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    exports: 'named',
    interop: 'auto',
    generatedCode: 'es2015',
    dynamicImportInCjs: false,
    externalLiveBindings: false,
    hoistTransitiveImports: false,
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `chunks/${name.replace(/-[A-Z0-9]{8}$/, '')}-[hash].js`,
    manualChunks: sharedChunk(entry),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Only because it will be the default.
    onlyExplicitManualChunks: true,
  });
  const chunks = output.filter((file) => file.type === 'chunk');
  const first = chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName, imports }) => [fileName, ...imports]);
  const files = chunks.map(async ({ fileName, code: long }): Promise<[string, string]> => {
    const { code: short } = await transform(long, {
      platform: 'node',
      target: first.includes(fileName) ? targetOfCli : target,
      minify: true,
      legalComments: 'none',
    });
    return [fileName, short];
  });
  return new Map(await Promise.all(files));
}

/** Names the chunk for small modules that need nothing but each other, and that the entry can do without. */
function sharedChunk(entry: string): ManualChunksOption {
  return (id, { getModuleInfo }) => {
    const needed = getModuleInfo(entry)?.importedIds ?? [];
    const fits = (candidate: string): boolean => {
      const info = getModuleInfo(candidate);
      if (info === null || info.isExternal) return true;
      const isLoadedAlone = info.isEntry || info.dynamicImporters.length > 0;
      return !isLoadedAlone && (info.code?.length ?? 0) < small && info.importedIds.every(fits);
    };
    return needed.includes(id) || !fits(id) ? undefined : 'shared';
  };
}
