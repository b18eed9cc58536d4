/** The names under which the CLI runs the commands. */
export const commandNames = ['deploy', 'build', 'logs', 'plan', 'render', 'info', 'remove', 'import'] as const;

export type CommandName = (typeof commandNames)[number];
