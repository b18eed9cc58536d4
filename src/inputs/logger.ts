/** What ofn uses of the CLI's logger; `console` fits, too. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** Prints a line as it is. Only the CLI's own logger has it. */
  write?(line: string): void;
}

/** Prints text as it is, without time and level. */
export function print(logger: Logger, text: string): void {
  if (logger.write) logger.write(text);
  else logger.info(text);
}
