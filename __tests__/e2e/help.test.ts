import { commands } from '../../src/commands';
import { commonFlags } from '../../src/commands/common-flags';
import { temporaryFolder } from '../support/files';
import { s, sYaml } from '../support/s';

const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: { image: 'i' } }) });

test('s -h lists the commands with what they do', async () => {
  const { exitCode, output } = await s(['-h'], { cwd });
  expect(exitCode).toBe(0);
  for (const [name, { summary }] of Object.entries(commands)) {
    expect(output).toMatch(new RegExp(`${name}\\s+${summary}`));
  }
});

test('s RESOURCE -h names the component', async () => {
  const { exitCode, output } = await s(['hello', '-h'], { cwd });
  expect(exitCode).toBe(0);
  expect(output).toMatch(/ofn@\d+\.\d+\.\d+: \S+/);
});

/** The CLI wraps long lines. */
function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

describe.each(Object.entries(commands))('s %s -h', (name, { description, flags }) => {
  test.each([[[name]], [['hello', name]]])('s %j -h shows the description and every flag', async (words) => {
    const { exitCode, output } = await s([...words, '-h'], { cwd });
    expect(exitCode).toBe(0);
    expect(unwrapped(output)).toContain(unwrapped(description));
    for (const flag of Object.keys({ ...flags, ...commonFlags })) expect(output).toContain(`--${flag}`);
  });
});
