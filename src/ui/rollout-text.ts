/** `12s`, `3m 05s`, `1h 02m`. */
export function formatSeconds(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (amount: number): string => String(amount).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`;
}

interface ReasonText {
  what: string;
  where?: { kind: string; name: string; container?: string };
  message?: string;
  remedy?: string;
  log?: readonly string[];
}

/** A reason on one line, as it is told while things may still turn out well. */
export function briefly({ what, where, message }: ReasonText): string {
  return [what, where && `(${placeText(where)})`, message && `– ${message}`].filter(Boolean).join(' ');
}

/** A reason with all that is known of it, less what to do. */
export function atLength({ what, where, message, log }: ReasonText): string {
  return [
    what,
    ...(where ? [`  where: ${placeText(where)}`] : []),
    ...(message ? [`  says: ${message}`] : []),
    ...(log && log.length > 0 ? ['  last lines of its log:', ...log.map((line) => `    | ${line}`)] : []),
  ].join('\n');
}

function placeText({ kind, name, container }: { kind: string; name: string; container?: string }): string {
  return container === undefined ? `${kind} ${name}` : `container ${container} of ${kind} ${name}`;
}
