/** Exit codes of a command: that of the CLI for components that throw, and those of shells for Ctrl-C and SIGTERM. */
export const exitCodes = { failed: 101, interrupted: 130, terminated: 143 };
