/**
 * A reference of the CLI, as a regular expression; any other `${…}` is text.
 * It ends at the first brace, as the CLI has it. Schemas use the expression, too, so it has no flags.
 */
export const referencePattern = String.raw`\$\{\s*(?:resources|this|vars|env|config|secret|file|json|yaml|path|str|regex)\b[^}]*\}`;

/** Exactly one reference, which may resolve to a value of any type; with text beside it, it resolves to text. */
export const wholeReferencePattern = `^${referencePattern}$`;

const somewhere = new RegExp(referencePattern, 'u');
const whole = new RegExp(wholeReferencePattern, 'u');

/** Whether a reference stands somewhere in the text. */
export function holdsReference(text: string): boolean {
  return somewhere.test(text);
}

/** What the CLI evaluates wherever it stands in a value, and again in what comes of it; there is no way to write it as text. */
const evaluated = /\$\{[^}]*\}|<%[^]*?%>/;

/** Whether the CLI would take a part of the text for something to evaluate. */
export function isEvaluated(text: string): boolean {
  return evaluated.test(text);
}

/** Whether the text is one reference and nothing else. */
export function isReference(text: string): boolean {
  return whole.test(text);
}
