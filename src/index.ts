import type { CommandName } from './commands/names';
import help from './commands/generated/help.json';
import { reportWhereSwallowed } from './commands/report';
import { shownProps } from './commands/shown-props';
import { toError } from './errors';
import type { Inputs } from './inputs/inputs';
import type { Logger } from './inputs/logger';
import { requireNode } from './node-version';

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
    return this.#execute('deploy', inputs);
  }

  build(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('build', inputs);
  }

  logs(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('logs', inputs);
  }

  plan(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('plan', inputs);
  }

  render(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('render', inputs);
  }

  info(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('info', inputs);
  }

  remove(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('remove', inputs);
  }

  import(inputs: Inputs): Promise<object | undefined> {
    return this.#execute('import', inputs);
  }

  /** The JSON Schema of the props as text, for `s verify`. */
  async getSchema(): Promise<string> {
    requireNode();
    const { verifySchema } = await import('./props/verify-schema');
    return JSON.stringify(verifySchema());
  }

  /** What the CLI prints of results in CI, by command. */
  async getShownProps(): Promise<Record<string, string[]>> {
    return shownProps;
  }

  /** Loads the code of a command only now: the CLI loads the component for help, too, and for each resource. */
  async #execute(name: CommandName, inputs: Inputs): Promise<object | undefined> {
    try {
      requireNode();
      const { execute } = await import('./commands/execute');
      return await execute(name, inputs, this.#logger);
    } catch (error) {
      reportWhereSwallowed(toError(error), inputs, this.#logger);
      throw error;
    }
  }
}
