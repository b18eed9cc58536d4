import { execa, type ExecaError } from 'execa';
import { codeOf, UserError } from '../errors';
import { isRecord, textAt } from '../record';
import { redactText } from '../redact';
import type { Login } from './login';

/** Milliseconds; some helpers ask a cloud. */
const timeout = 60_000;

/** What helpers say when they have no login. Source: docker/docker-credential-helpers credentials/error.go. */
const noLogin = /credentials not found/i;

/**
 * Asks a credential helper of Docker; undefined when it has no login for the registry.
 * @throws UserError when it is missing, fails, or gives no login
 */
export async function askHelper(name: string, registry: string): Promise<Login | undefined> {
  const command = `docker-credential-${name}`;
  let stdout: string;
  try {
    ({ stdout } = await execa(command, ['get'], { input: registry, timeout }));
  } catch (error) {
    const { stdout: output, stderr, timedOut } = error as ExecaError<{ encoding: 'utf8' }>;
    if (noLogin.test(output) || noLogin.test(stderr)) return undefined;
    if (codeOf(error) === 'ENOENT') throw missing(command);
    // Its error is no cause to keep: it holds all that was printed, a login perhaps.
    throw new UserError({
      what: `The credential helper ${command} failed for ${registry}.`,
      why: timedOut ? `It gave no answer within ${timeout / 1000} s.` : wordsOf(stderr, output),
      remedy: `Log in again: docker login ${registry}`,
    });
  }
  return readLogin(stdout, command);
}

/** Helpers print a login as JSON: nothing like that is told. */
function wordsOf(...printed: string[]): string {
  const words = printed.filter((text) => !/[{}]|secret/i.test(text)).join('\n');
  return redactText(words.trim()) || 'It said nothing.';
}

function missing(command: string): UserError {
  return new UserError({
    what: `The credential helper ${command} is not installed.`,
    why: 'The Docker configuration names it as the place where logins are kept.',
    remedy: 'Install it, or remove "credsStore" or "credHelpers" from its config.json and log in again.',
  });
}

/** With the user name `<token>` the secret is an identity token. */
function readLogin(output: string, command: string): Login | undefined {
  const answer = parse(output);
  if (!isRecord(answer)) {
    throw new UserError({
      what: `The credential helper ${command} gave no login.`,
      why: 'What it printed is not a JSON object.',
      remedy: 'Log in again with: docker login',
    });
  }
  const username = textAt(answer, ['Username']);
  const secret = textAt(answer, ['Secret']);
  if (username === '<token>') return { kind: 'token', identityToken: secret };
  return username === '' && secret === '' ? undefined : { kind: 'password', username, password: secret };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
