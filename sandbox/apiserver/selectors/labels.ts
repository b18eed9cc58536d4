import { badRequest } from '../errors';
import { keyError } from '../operations/metadata';
import { everything, type Selector } from './selector';

type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

/**
 * A label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas.
 * Source: k8s.io/apimachinery labels/selector.go, whose words the errors have.
 * @throws ApiError 400 when it cannot be read.
 */
export function labelSelector(text: string | null): Selector {
  if (!text) return everything;
  const tokens = createTokens(text);
  const requirements: Requirement[] = [];
  for (;;) {
    if (!isWord(tokens.peek()) && tokens.peek() !== '!') {
      throw unexpected(tokens.peek(), "!, identifier, or 'end of string'");
    }
    requirements.push(readRequirement(tokens));
    const next = tokens.take();
    if (next === '') break;
    if (next !== ',') throw unexpected(next, "',' or 'end of string'");
  }
  return ({ metadata }) => requirements.every((holds) => holds(metadata.labels ?? {}));
}

interface Tokens {
  /** The next token; empty at the end. */
  peek(): string;
  take(): string;
}

function createTokens(text: string): Tokens {
  const tokens = text.match(/[()!,]|[=!]=|=|[^\s()!,=]+/g) ?? [];
  const joined: string[] = [];
  for (const token of tokens) {
    if (token === '=' && joined.at(-1) === '!') joined.splice(-1, 1, '!=');
    else joined.push(token);
  }
  return { peek: () => joined[0] ?? '', take: () => joined.shift() ?? '' };
}

function isWord(token: string): boolean {
  return token !== '' && !/^[()!,=]/.test(token);
}

function readRequirement(tokens: Tokens): Requirement {
  if (tokens.peek() === '!') {
    tokens.take();
    const absent = readKey(tokens);
    return (labels) => !Object.hasOwn(labels, absent);
  }
  const key = readKey(tokens);
  if (tokens.peek() === '' || tokens.peek() === ',') return (labels) => Object.hasOwn(labels, key);
  const operator = tokens.take();
  switch (operator) {
    case '=':
    case '==': {
      const value = readValue(tokens);
      return (labels) => labels[key] === value;
    }
    case '!=': {
      const value = readValue(tokens);
      return (labels) => labels[key] !== value;
    }
    case 'in': {
      const values = readValues(tokens);
      return (labels) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
    }
    case 'notin': {
      const values = readValues(tokens);
      return (labels) => !values.includes(labels[key] ?? '') || !Object.hasOwn(labels, key);
    }
    default:
      throw unparsable(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
  }
}

function readKey(tokens: Tokens): string {
  const key = tokens.take();
  const wrong = isWord(key) ? keyError(key) : `found '${key}', expected: identifier`;
  if (wrong) throw unparsable(isWord(key) ? `<nil>: Invalid value: "${key}": ${wrong}` : wrong);
  return key;
}

function readValue(tokens: Tokens): string {
  return isWord(tokens.peek()) ? tokens.take() : '';
}

function readValues(tokens: Tokens): string[] {
  const open = tokens.take();
  if (open !== '(') throw unparsable(`found '${open}' expected: '('`);
  const values: string[] = [];
  for (;;) {
    values.push(readValue(tokens));
    const next = tokens.take();
    if (next === ')') return values;
    if (next !== ',') throw unparsable(`found '${next}', expected: ',' or ')'`);
  }
}

function unexpected(token: string, expected: string): Error {
  return badRequest(`found '${token}', expected: ${expected}`);
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}
