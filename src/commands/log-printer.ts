import type { FlagValues } from '../inputs/flags';
import { print } from '../inputs/logger';
import { createFormatter } from '../logs/format';
import { createLabels } from '../logs/labels';
import { matcher } from '../logs/match';
import { createMerge, type Entry } from '../logs/merge';
import type { LogOutput, Origin } from '../logs/output';
import { linked } from '../logs/linked';
import { redactText } from '../redact';
import { usesColour } from '../ui/colour';
import { outputClosed, outputDrained } from './closed-output';
import type { Context } from './command';
import type { logFlags } from './log-flags';
import { keepYoungSpaceSmall } from './young-garbage';

interface Options extends Pick<Context, 'logger' | 'aside' | 'interruption'> {
  flags: FlagValues<typeof logFlags>;
}

/** Prints logs as the flags want them. `signal` ends with the reader of the output, or by Ctrl-C. */
export function createLogPrinter({ flags, logger, aside, interruption }: Options): {
  output: LogOutput;
  signal: AbortSignal;
} {
  const { follow, build, container, json, grep, invert } = flags;
  const labels = build ? undefined : createLabels({ manyContainers: container !== undefined });
  const labelOf = (origin: Origin): string => labels?.of(origin) ?? origin.container;
  const format = createFormatter({
    json: json === true,
    pretty: flags.pretty === true,
    timestamps: flags.timestamps === true,
    colour: usesColour(),
    labelOf,
  });
  const isWanted = grep === undefined ? () => true : matcher(grep, { invert: invert === true });
  const show = build ? redactText : (text: string) => text;

  const printTogether = createBatch((lines) => {
    print(logger, lines.join('\n'));
    return outputDrained();
  });
  const printAll = async (entries: readonly Entry<Origin>[]): Promise<void> => {
    const wanted = entries.filter(({ line }) => isWanted(line.text));
    const lines = wanted.map(({ origin, line }) => format(origin, { ...line, text: show(line.text) }));
    if (lines.length > 0) await printTogether(lines);
  };
  // The steps of a build follow one another, also for who joins late.
  const merge = follow && !build ? undefined : createMerge<Origin>({ write: printAll });
  if (follow) keepYoungSpaceSmall();
  const end = linked(outputClosed());
  interruption.signal.addEventListener('abort', () => end.abort());
  return {
    signal: end.signal,
    output: {
      begin: (origin) => {
        if (!json && !build) aside(`${labelOf(origin)}: container ${origin.container} of pod ${origin.pod}`);
        merge?.begin(origin);
      },
      write: (origin, lines) => (merge ? merge.push(origin, lines) : printAll(lines.map((line) => ({ origin, line })))),
      end: async (origin) => merge?.end(origin),
      note: (text, origin) => aside(redactText(origin ? `${labelOf(origin)} ${text}` : text)),
    },
  };
}

/** Hands on together what comes in one turn of the event loop: from fifty pods come a thousand pieces a second. */
function createBatch(write: (lines: string[]) => Promise<void>): (lines: readonly string[]) => Promise<void> {
  let pending: string[] = [];
  let written: Promise<void> | undefined;
  return (lines) => {
    for (const line of lines) pending.push(line);
    written ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const batch = pending;
        pending = [];
        written = undefined;
        write(batch).then(resolve, reject);
      });
    });
    return written;
  };
}
