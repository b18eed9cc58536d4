import { readFile } from 'node:fs/promises';
import { generateEditorSchema } from './editor';
import { generatePublishYaml } from './publish';
import { generateTypes } from './types';
import { generateValidator } from './validator';

/** Everything that is generated from schema.json and the commands, by file relative to the repository. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const schema: unknown = JSON.parse(await readFile('schema.json', 'utf8'));
  return {
    'src/props/generated/types.ts': await generateTypes(schema),
    'src/props/generated/validator.js': generateValidator(schema),
    'schema/s.schema.json': generateEditorSchema(),
    'publish.yaml': generatePublishYaml(),
  };
}
