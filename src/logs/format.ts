import { createColors } from 'picocolors';
import type { LogLine } from './line';
import { prettify } from './pretty';
import type { Origin } from './output';

export interface Format {
  /** One JSON object a line. */
  json: boolean;
  /** Lines that are JSON in a form for people. */
  pretty: boolean;
  timestamps: boolean;
  colour: boolean;
  labelOf: (origin: Origin) => string;
}

/** How a line is shown. */
export function createFormatter(format: Format): (origin: Origin, line: LogLine) => string {
  if (format.json) {
    return ({ pod, container }, { time, text }) => JSON.stringify({ time, pod, container, message: text });
  }
  const { pretty, timestamps, colour, labelOf } = format;
  const paint = painter(colour);
  return (origin, { time, text }) => {
    const prefix = `${paint(origin.pod, labelOf(origin))} | `;
    const shown = `${timestamps ? `${time} ` : ''}${pretty ? prettify(text, colour) : text}`;
    // What writes a line over and over on a terminal goes on doing so behind its prefix.
    return prefix + shown.replaceAll('\r', `\r${prefix}`).replaceAll('\n', `\n${prefix}`);
  };
}

/** Colours texts, always the same for the same pod. */
function painter(isOn: boolean): (pod: string, text: string) => string {
  const { cyan, green, magenta, yellow, blue, cyanBright, greenBright, magentaBright, yellowBright, blueBright } =
    createColors(isOn);
  const palette = [
    cyan,
    green,
    magenta,
    yellow,
    blue,
    cyanBright,
    greenBright,
    magentaBright,
    yellowBright,
    blueBright,
  ];
  return (pod, text) => palette[hash(pod) % palette.length]?.(text) ?? text;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
