import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { generatedCode, generatedPages } from './files';

const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, code: { type: 'boolean' } } });

/** Writes all generated files, with --code only those a build needs; with --check it writes nothing and fails when one is out of date. */
async function main(): Promise<void> {
  const files = { ...(await generatedCode()), ...(!options.code && generatedPages()) };
  for (const [file, content] of Object.entries(files)) {
    if (options.check) {
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

void main();
