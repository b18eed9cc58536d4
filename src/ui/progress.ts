import { formatSeconds } from './rollout-text';

/** Where lines go. */
export interface ProgressOutput {
  /** Prints a line. */
  line: (text: string, level: 'info' | 'warn') => void;
  /** Writes text as it is; undefined without a terminal. */
  terminal: ((text: string) => void) | undefined;
}

/** Shows how something goes on. */
export interface Progress {
  /** What goes on now; a new phase gets a line of its own. */
  show: (phase: string, text: string) => void;
  /** Prints a line that stays. */
  say: (text: string, level?: 'info' | 'warn') => void;
  end: () => void;
}

/** Milliseconds between two signs of life where nothing changes. */
const heartbeat = 30_000;
const repaint = 1000;

/** Two of them cannot share the last line of a terminal: when a second one begins, all print line by line. */
const live = new Set<() => void>();

/** On a terminal one line that is written anew, else a line for each change and now and then one to tell that it goes on. */
export function createProgress(name: string, output: ProgressOutput): Progress {
  let terminal = output.terminal;
  if (terminal) for (const release of live) release();
  if (live.size > 0) terminal = undefined;
  const begin = performance.now();
  let phase = '';
  let phaseBegin = begin;
  let current = '';
  let timer: NodeJS.Timeout | undefined;

  const elapsed = (since: number): string => formatSeconds(performance.now() - since);
  const lineOf = (): string => `${name}: ${current} ${elapsed(phaseBegin)}`;
  /** A line that wraps could not be written anew. */
  const shortLine = (): string => lineOf().slice(0, (process.stdout.columns || 80) - 1);
  const clear = (): void => terminal?.('\r\u001B[2K');
  const paint = (): void => {
    if (terminal && current !== '') terminal(`\r\u001B[2K${shortLine()}`);
  };
  const settle = (): void => {
    if (terminal && current !== '') terminal(`\r\u001B[2K${lineOf()}\n`);
  };
  const tick = (): void => {
    if (terminal) paint();
    else output.line(`${name}: still ${current}, ${elapsed(begin)} so far`, 'info');
  };
  const restart = (): void => {
    clearInterval(timer);
    timer = setInterval(tick, terminal ? repaint : heartbeat);
  };
  const release = (): void => {
    settle();
    terminal = undefined;
    restart();
  };
  live.add(release);

  return {
    show(nextPhase, text) {
      if (nextPhase === phase && text === current) return;
      if (nextPhase !== phase) {
        settle();
        phase = nextPhase;
        phaseBegin = performance.now();
      }
      current = text;
      if (terminal) paint();
      else output.line(`${name}: ${text}`, 'info');
      restart();
    },
    say(text, level = 'info') {
      clear();
      output.line(text, level);
      paint();
    },
    end() {
      clearInterval(timer);
      live.delete(release);
      settle();
      current = '';
    },
  };
}
