import { temporaryFolder } from '../support/files';
import { nodeProgram } from '../support/nodes';
import { unpack } from '../support/packed';
import { s, type Run } from '../support/s';
import { newSandboxProject } from '../support/sandbox';

const component = unpack('.', temporaryFolder());

const sYaml = JSON.stringify({
  edition: '3.0.0',
  name: 'test',
  resources: {
    hello: {
      component,
      props: {
        image: 'registry.example.com/me/hello:v1',
        serving: { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } },
      },
    },
  },
});

describe.each(['18.19.0', '18.20.8', '20.20.2', '22.23.3', '24.21.0'])('the packed component on Node %s', (version) => {
  test('goes through the life of a function', async () => {
    const { env } = await newSandboxProject({});
    const cwd = temporaryFolder({ 's.yaml': sYaml });
    const run = (...args: string[]): Promise<Run> => s(args, { cwd, env, node: nodeProgram(version) });

    const outcomes: [command: string[], shows: string | RegExp][] = [
      [['verify'], 'passed'],
      [['render'], 'kind: Function'],
      [['plan'], 'would be created'],
      [['deploy'], 'Function "hello" runs'],
      [['deploy'], 'unchanged'],
      [['info'], /verdict:\s+running/],
      [['logs'], 'Function server starting'],
      [['build'], 'nothing to build'],
      [['remove', '-y'], 'gone'],
    ];
    for (const [command, shows] of outcomes) {
      const { exitCode, output } = await run(...command);
      expect(output).toEqual(expect.stringMatching(shows));
      expect(exitCode).toBe(0);
    }
  });
});

describe.each(['14.21.3', '16.20.2', '18.18.2'])('on Node %s, which is too old', (version) => {
  test.each([[['deploy']], [['info', '-o', 'json']], [['verify']]])('s %j says so in one sentence', async (command) => {
    const cwd = temporaryFolder({ 's.yaml': sYaml });
    const { exitCode, output } = await s(command, { cwd, node: nodeProgram(version) });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(`ofn needs Node.js 18.19 or later; this is ${version}.`);
    expect(output).not.toContain('Unexpected');
  });
});
