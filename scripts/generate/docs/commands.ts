import { commands } from '../../../src/commands';
import { commonFlags } from '../../../src/commands/common-flags';
import type { Command } from '../../../src/commands/command';
import { shownProps } from '../../../src/commands/shown-props';
import { exitCodes } from '../../../src/commands/exit-codes';
import type { FlagTable } from '../../../src/inputs/flags';
import { banner, block, cell, code, table } from './markdown';

/** docs/commands.md: every command with its flags. */
export function generateCommandsPage(): string {
  const sections = Object.entries<Pick<Command, 'summary' | 'description' | 'flags'>>(commands);
  return [
    banner('src/commands'),
    '# Commands',
    introduction,
    table(
      ['command', 'does'],
      sections.map(([name, { summary }]) => [`[${code(`s ${name}`)}](#s-${name})`, cell(summary)]),
    ),
    '## Flags of all commands',
    flagTable(commonFlags),
    ...sections.flatMap(([name, { description, flags }]) => [
      `## s ${name}`,
      ...paragraphsOf(description),
      Object.keys(flags).length === 0 ? 'It has no flags but those of all commands.' : flagTable(flags),
      returnsOf(name),
    ]),
    '## Exit codes',
    table(
      ['code', 'means'],
      [
        ['0', 'done'],
        [code(String(exitCodes.failed)), 'the command failed; the message says why'],
        [code(String(exitCodes.interrupted)), 'Ctrl-C'],
        [code(String(exitCodes.terminated)), 'SIGTERM, as when a pipeline is cancelled'],
        [
          'others',
          'of the CLI: an s.yaml or a reference that it cannot read. For a command or a resource that does not exist it prints help, and ends with 0',
        ],
      ],
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

const introduction = `\`s COMMAND\` runs it for all resources of the s.yaml, \`s RESOURCE COMMAND\` for one, \`s COMMAND -h\` shows this on the terminal. Write values as \`--flag=value\`: the CLI takes a word that is the name of a command or a resource for that.`;

function flagTable(flags: FlagTable): string {
  return table(
    ['flag', 'does'],
    Object.entries(flags).map(([name, { short, value, description }]) => [
      [
        ...(short === undefined ? [] : [code(`-${short}`)]),
        code(`--${name}${value === undefined ? '' : `=${value}`}`),
      ].join(', '),
      cell(description),
    ]),
  );
}

/** The paragraphs of a description; its examples as a block of code. */
function paragraphsOf(description: string): string[] {
  const [text = '', examples] = description.split(/\nExamples:\n/);
  return [text.trim(), ...(examples === undefined ? [] : [block('sh', examples.replace(/^ +/gm, ''))])];
}

function returnsOf(name: string): string {
  const [, keys] = Object.entries(shownProps).find(([pattern]) => new RegExp(`^(${pattern})$`).test(name)) ?? [];
  if (keys === undefined) return 'It returns nothing.';
  return `With \`--silent --output json\` it prints its result alone, with these keys as far as they are known: ${keys.map(code).join(', ')}; and \`__component\` by the CLI.`;
}
