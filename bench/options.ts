import { parseArgs } from 'node:util';
import type { ServerKind } from './servers';

export const topicNames = ['load', 'validate', 'wait', 'build', 'logs', 'requests', 'memory', 'time'] as const;
export type TopicName = (typeof topicNames)[number];

export interface Options {
  server: ServerKind;
  /** Fewer repetitions, and no 100 functions over a long way. */
  quick: boolean;
  topics: readonly TopicName[];
  /** Instead of each topic's own number. */
  repetitions: number | undefined;
}

export const usage = `npm run bench -- [--real] [--quick] [--only NAME] [--repetitions N]

  --real           measure on a real kube-apiserver instead of the sandbox
  --quick          fewer repetitions, for a first look
  --only NAME      one topic: ${topicNames.join(', ')}
  --repetitions N  repetitions of everything
  --help           show this`;

/** @returns undefined when only help is wanted. @throws Error for a flag or value that does not exist. */
export function parseOptions(argv: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      real: { type: 'boolean' },
      quick: { type: 'boolean' },
      only: { type: 'string' },
      repetitions: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const { only, repetitions } = values;
  const topics = topicNames.filter((name) => only === undefined || name === only);
  if (topics.length === 0) throw new Error(`--only=${only}: there are ${topicNames.join(', ')}.`);
  if (repetitions !== undefined && !/^[1-9]\d*$/.test(repetitions)) {
    throw new Error(`--repetitions=${repetitions}: it takes a whole number from 1.`);
  }
  return {
    server: values.real ? 'real' : 'sandbox',
    quick: values.quick === true,
    topics,
    repetitions: repetitions === undefined ? undefined : Number(repetitions),
  };
}
