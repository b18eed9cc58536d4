import { commands } from './commands';
import { toHelp } from './commands/help';
import { shownProps } from './commands/shown-props';
import { execute } from './commands/execute';
import type { Inputs } from './inputs/inputs';
import type { Logger } from './inputs/logger';

const help = toHelp(commands);

/** The component as the Serverless Devs CLI uses it. The CLI constructs it several times for one command. */
export default class Ofn {
  readonly #logger: Logger;

  constructor({ logger = console }: { logger?: Logger } = {}) {
    this.#logger = logger;
  }

  /** The help of the commands, as the CLI reads it. No field: the CLI copies the fields of all instances, again and again. */
  get commands(): typeof help {
    return help;
  }

  deploy(inputs: Inputs): Promise<object | undefined> {
    return execute('deploy', inputs, this.#logger);
  }

  build(inputs: Inputs): Promise<object | undefined> {
    return execute('build', inputs, this.#logger);
  }

  logs(inputs: Inputs): Promise<object | undefined> {
    return execute('logs', inputs, this.#logger);
  }

  plan(inputs: Inputs): Promise<object | undefined> {
    return execute('plan', inputs, this.#logger);
  }

  render(inputs: Inputs): Promise<object | undefined> {
    return execute('render', inputs, this.#logger);
  }

  info(inputs: Inputs): Promise<object | undefined> {
    return execute('info', inputs, this.#logger);
  }

  remove(inputs: Inputs): Promise<object | undefined> {
    return execute('remove', inputs, this.#logger);
  }

  /** The JSON Schema of the props as text, for `s verify`. */
  async getSchema(): Promise<string> {
    const { default: schema } = await import('../schema.json');
    const { verifySchema } = await import('./props/verify-schema');
    return JSON.stringify(verifySchema(schema));
  }

  /** What the CLI prints of results in CI, by command. */
  async getShownProps(): Promise<Record<string, string[]>> {
    return shownProps;
  }
}
