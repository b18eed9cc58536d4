import path from 'node:path';

/** The program of the real CLI. */
export const cli = path.resolve(__dirname, '../node_modules/@serverless-devs/s/bin/s');

/** Whether the CLI adds this line to every run, whatever the component does. */
export function isNoise(line: string): boolean {
  return /recommended to run the command as root|^(Env|Logs|Feedback):|A complete log of this run/.test(line);
}

/** Whether this line only frames what the CLI has to say: a heading that repeats what is known, a rule, a blank line. */
export function isFrame(line: string): boolean {
  return /^⌛ +Steps for |^✖ \[.+\] failed to \[.+\]:$|^=+$|^\s*$/.test(line);
}

/** Whether what the component has returned comes next. */
export function isResultHeading(line: string): boolean {
  return /^🚀 +Result for /.test(line);
}
