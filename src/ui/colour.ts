/** Whether standard output shows colours: a terminal, and NO_COLOR is not set (https://no-color.org). */
export function usesColour(): boolean {
  return process.stdout.isTTY && !process.env['NO_COLOR'];
}
