import readline from 'node:readline/promises';

/** Asks a yes-or-no question on the terminal; anything but yes is no, Ctrl-C and Ctrl-D included. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (y/N) `)).trim());
  } catch {
    return false;
  } finally {
    terminal.close();
  }
}
