import { commands } from '../../src/commands';
import { toHelp } from '../../src/commands/help';
import { generateCommandsPage } from './docs/commands';
import { generatePropsPage } from './docs/props';
import { generateTroubleshootingPage } from './docs/troubleshooting';
import { generateEditorSchema } from './editor';
import { generateEnglishPublishYaml, generatePublishYaml } from './publish';
import { generateTypes } from './types';
import { generateValidator } from './validator';
import { propsSchema, schemas } from '../../src/props/schemas';

/** What is generated of schema.json and the commands and belongs to the code, by file relative to the repository. */
export async function generatedCode(): Promise<Record<string, string>> {
  return {
    'src/props/generated/types.ts': await generateTypes(schemas),
    'src/props/generated/validator.js': generateValidator(propsSchema()),
    'src/commands/generated/help.json': `${JSON.stringify(toHelp(commands), undefined, 2)}\n`,
    'schema/s.schema.json': generateEditorSchema(),
    'publish.yaml': generatePublishYaml(),
    'publish_en.yaml': generateEnglishPublishYaml(),
  };
}

/** What is generated for people: of the same, and of the messages in the code. */
export function generatedPages(): Record<string, string> {
  return {
    'docs/props.md': generatePropsPage(),
    'docs/commands.md': generateCommandsPage(),
    'docs/troubleshooting.md': generateTroubleshootingPage(),
  };
}
