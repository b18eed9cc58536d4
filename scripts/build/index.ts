import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { join } from './join';
import { thirdPartyNotices } from './notices';
import { split } from './split';

const outdir = 'dist';

/** Bundles the component: one entry, and a chunk for each part that is loaded when it is needed; and notes whose code that is. */
async function main(): Promise<void> {
  const modules = await split('src/index.ts');
  const files = await join(modules);
  await rm(outdir, { recursive: true, force: true });
  for (const [name, code] of files) {
    const file = path.join(outdir, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, code);
  }
  await writeFile('THIRD_PARTY_NOTICES', thirdPartyNotices(modules.sources));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
