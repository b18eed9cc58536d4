/** What a person reads when something failed: what happened, why, and what to do about it. */
export interface Explanation {
  what: string;
  why?: string | undefined;
  remedy?: string | undefined;
}

/**
 * An error that explains itself. The CLI shows nothing of an error but its message,
 * so the explanation is the message.
 */
export abstract class ExplainedError extends Error {
  readonly explanation: Explanation;

  constructor(explanation: Explanation, options?: { cause?: unknown }) {
    super(formatExplanation(explanation), options);
    this.name = new.target.name;
    this.explanation = explanation;
  }
}

/** The user's input or environment is wrong: props, flags, files, kubeconfig. */
export class UserError extends ExplainedError {}

/** The cluster, or the way to it, refused or failed. */
export class ClusterError extends ExplainedError {
  /** HTTP status of the answer; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(explanation: Explanation, options: { cause?: unknown; status?: number } = {}) {
    super(explanation, options);
    this.status = options.status;
  }
}

/** The cluster cannot turn an object into another version of its type. */
export class ConversionError extends ClusterError {}

/** A container registry, or the way to it, refused or failed. */
export class RegistryError extends ExplainedError {}

function formatExplanation({ what, why, remedy }: Explanation): string {
  const lines = [what];
  if (why !== undefined) lines.push(`Why: ${indentFollowing(why)}`);
  if (remedy !== undefined) lines.push(`What to do: ${indentFollowing(remedy)}`);
  return lines.join('\n');
}

function indentFollowing(text: string): string {
  return text.replace(/\n/g, '\n  ');
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Anything that was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The `code` of a system error such as ECONNREFUSED, looked for along the chain of causes. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return codeOf(thrown.cause);
}
