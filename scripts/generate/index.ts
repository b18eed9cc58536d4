import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generatedFiles } from './files';

/** Writes all generated files; with --check it writes nothing and fails when one is out of date. */
async function main(check: boolean): Promise<void> {
  for (const [file, content] of Object.entries(await generatedFiles())) {
    if (check) {
      const current = await readFile(file, 'utf8').catch(() => undefined);
      if (current === content) continue;
      console.error(`${file} is out of date; run: npm run generate`);
      process.exitCode = 1;
      continue;
    }
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

void main(process.argv.includes('--check'));
