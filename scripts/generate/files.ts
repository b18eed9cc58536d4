import { readFile } from 'node:fs/promises';
import { commands } from '../../src/commands';
import { toHelp } from '../../src/commands/help';
import { generateEditorSchema } from './editor';
import { generateEnglishPublishYaml, generatePublishYaml } from './publish';
import { generateTypes } from './types';
import { generateValidator } from './validator';

/** Everything that is generated from schema.json and the commands, by file relative to the repository. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const schema: unknown = JSON.parse(await readFile('schema.json', 'utf8'));
  return {
    'src/props/generated/types.ts': await generateTypes(schema),
    'src/props/generated/validator.js': generateValidator(schema),
    'src/commands/generated/help.json': `${JSON.stringify(toHelp(commands), undefined, 2)}\n`,
    'schema/s.schema.json': generateEditorSchema(),
    'publish.yaml': generatePublishYaml(),
    'publish_en.yaml': generateEnglishPublishYaml(),
  };
}
