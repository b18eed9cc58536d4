import { commands } from '../../../src/commands';
import { list, text } from './parts';

const moments = {
  pre: 'before',
  success: 'after a successful',
  fail: 'after a failed',
  complete: 'after every',
};

/** What to do when an action or a resource fails. */
export const allowFailure = {
  description: 'Failures to go on after: all of them, or those with one of these exit codes or commands.',
  anyOf: [
    { type: 'boolean' },
    {
      type: 'object',
      properties: {
        exit_code: { description: 'Exit codes to go on after.', ...list({ type: 'integer' }), examples: [[101]] },
        command: { description: 'Commands to go on after.', ...list({ type: 'string' }), examples: [['remove']] },
      },
    },
  ],
  examples: [true],
};

const step = {
  description: 'One action.',
  type: 'object',
  properties: {
    run: text('A shell command.', 'npm test'),
    path: text('The folder for it, from that of the s.yaml.', './src'),
    component: text('A command of a component: its name, the command, and arguments.', 'ofn info'),
    plugin: text('A plugin of Serverless Devs.', 'website-fc'),
    args: { description: 'Arguments of the plugin.', type: 'object' },
    allow_failure: allowFailure,
  },
};

/** Actions by the moment of a command; other keys name moments by `${regex('.')}`. */
export function actions(description: string): object {
  const known = Object.keys(commands).flatMap((command) =>
    Object.entries(moments).map(([moment, words]): [string, object] => [
      `${moment}-${command}`,
      { description: `What runs ${words} "s ${command}".`, ...list(step) },
    ]),
  );
  return {
    description,
    type: 'object',
    properties: Object.fromEntries(known),
    additionalProperties: list(step),
  };
}
