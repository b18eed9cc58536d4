import { isatty } from 'node:tty';

/** Whether standard output shows colours: a terminal, and NO_COLOR is not set (https://no-color.org). */
export function usesColour(): boolean {
  return isatty(1) && !process.env['NO_COLOR'];
}
