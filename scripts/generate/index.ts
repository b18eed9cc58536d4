import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateTypes } from './types';
import { generateValidator } from './validator';

/** Everything that is generated from schema.json, by file relative to the repository. */
async function generatedFiles(): Promise<Record<string, string>> {
  const schema: unknown = JSON.parse(await readFile('schema.json', 'utf8'));
  return {
    'src/props/generated/types.ts': await generateTypes(schema),
    'src/props/generated/validator.js': generateValidator(schema),
  };
}

async function main(): Promise<void> {
  for (const [file, content] of Object.entries(await generatedFiles())) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

void main();
