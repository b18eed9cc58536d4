import type { Inputs } from '../inputs/inputs';
import type { Logger } from '../inputs/logger';
import { exitCodes } from './exit-codes';

/**
 * Shows why a command failed where the CLI does not: with `-o` or `--output-format` CLI 3.1.10 swallows the error of a
 * component and exits 0 (its getAllowFailure). Its logger shows nothing at all with `--silent`.
 */
export function reportWhereSwallowed({ message }: Error, { args }: Inputs, logger: Logger): void {
  if (!args.includes('-o') && !args.includes('--output-format')) return;
  if (args.includes('--silent')) process.stderr.write(`${message}\n`);
  else logger.error(message);
  process.exitCode = exitCodes.failed;
}
