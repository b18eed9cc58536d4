import { createColors } from 'picocolors';
import { isRecord, type JsonRecord } from '../record';

/** Names under which the loggers of the usual languages write these: pino, winston, zap, logrus, logback, structlog, Dapr. */
const names = {
  time: ['time', 'ts', 'timestamp', '@timestamp', 'datetime'],
  level: ['level', 'severity', 'lvl', 'levelname', 'log.level'],
  message: ['msg', 'message', 'event'],
  stack: ['stack', 'stacktrace', 'stack_trace', 'exc_info', 'exception'],
} as const;

/** Source: pino and bunyan write numbers. */
const numbered: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** A line that is a JSON object as time, level, message and the rest; every other line as it is. */
export function prettify(text: string, colour: boolean): string {
  const record = parse(text);
  if (record === undefined) return text;
  const { dim, red, yellow, green } = createColors(colour);
  const rest = new Map(Object.entries(record));
  const take = (keys: readonly string[]): unknown => {
    const key = keys.find((name) => rest.get(name) !== undefined && rest.get(name) !== null);
    const value = key === undefined ? undefined : rest.get(key);
    if (key !== undefined) rest.delete(key);
    return value;
  };
  const time = timeText(take(names.time));
  const level = levelText(take(names.level));
  const message = take(names.message);
  const stack = take(names.stack);
  const paint = /^(ERR|FATAL|CRIT|PANIC)/.test(level) ? red : level.startsWith('WARN') ? yellow : green;
  const parts = [
    time && dim(time),
    level && paint(level.padEnd(5)),
    message === undefined ? '' : valueText(message),
    ...[...rest].map(([key, value]) => dim(`${key}=`) + valueText(value)),
  ];
  const lines = stack === undefined ? [] : valueText(stack).trimEnd().split('\n');
  return [parts.filter(Boolean).join(' '), ...lines.map((line) => `    ${line}`)].join('\n');
}

function parse(text: string): JsonRecord | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Numbers are seconds or milliseconds since 1970. */
function timeText(value: unknown): string {
  if (typeof value !== 'number') return value === undefined ? '' : valueText(value);
  const date = new Date(value > 1e11 ? value : value * 1000);
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}

function levelText(value: unknown): string {
  const text =
    typeof value === 'number' ? (numbered[value] ?? String(value)) : value === undefined ? '' : valueText(value);
  return text.toUpperCase();
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
