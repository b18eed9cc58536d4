import path from 'node:path';

/** The program of the real CLI. */
export const cli = path.resolve(__dirname, '../node_modules/@serverless-devs/s/bin/s');

/** Whether the CLI adds this line to every run, whatever the component does. */
export function isNoise(line: string): boolean {
  return /recommended to run the command as root|^(Env|Logs|Feedback):|A complete log of this run/.test(line);
}
