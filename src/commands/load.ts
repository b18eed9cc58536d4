import type { Command, FreeCommand } from './command';
import type { CommandName } from './names';

const loaders: Record<CommandName, () => Promise<unknown>> = {
  deploy: async () => (await import('./deploy')).deploy,
  build: async () => (await import('./build')).build,
  logs: async () => (await import('./logs')).logs,
  plan: async () => (await import('./plan')).plan,
  render: async () => (await import('./render')).render,
  info: async () => (await import('./info')).info,
  remove: async () => (await import('./remove')).remove,
  import: async () => (await import('./import')).importFunctions,
};

/** Loads one command, and nothing of the others. */
export async function loadCommand(name: CommandName): Promise<Command | FreeCommand> {
  return (await loaders[name]()) as Command | FreeCommand;
}
