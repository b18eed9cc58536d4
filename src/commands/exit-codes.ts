/** Exit codes of a command: that of the CLI for components that throw, and that of shells for Ctrl-C. */
export const exitCodes = { failed: 101, interrupted: 130 };
