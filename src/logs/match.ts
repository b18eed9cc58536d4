import { messageOf, UserError } from '../errors';

/**
 * Whether a line is wanted. `(?i)` at the beginning of the pattern ignores case, as in other tools.
 * @throws UserError for what is no regular expression
 */
export function matcher(pattern: string, { invert }: { invert: boolean }): (text: string) => boolean {
  const [, insensitive, source = ''] = /^(\(\?i\))?(.*)$/s.exec(pattern) ?? [];
  const expression = compile(source, insensitive === undefined ? '' : 'i', pattern);
  return (text) => expression.test(text) !== invert;
}

function compile(source: string, flags: string, written: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new UserError(
      {
        what: `--grep=${written} is no regular expression.`,
        why: messageOf(error).replace(/^Invalid regular expression: \/.*\/\w*: /s, ''),
        remedy: 'Write \\ before signs that are meant as they are, such as \\( or \\[.',
      },
      { cause: error },
    );
  }
}
