import { execa, type ExecaError } from 'execa';
import { codeOf, UserError } from '../errors';
import { redactText, showText } from '../redact';

/** Milliseconds that Git may take to list what a repository has. */
const timeout = 60_000;

interface Repository {
  url: string;
  /** Branch, tag or commit; undefined for the default branch. */
  revision: string | undefined;
}

/**
 * The commit that a branch or tag stands for now; a commit stands for itself.
 * @throws UserError when Git is missing, cannot read the repository, or finds no such name
 */
export async function commitOf({ url, revision = 'HEAD' }: Repository, signal: AbortSignal): Promise<string> {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(revision)) return revision;
  const names = revision === 'HEAD' ? ['HEAD'] : [`refs/heads/${revision}`, `refs/tags/${revision}`, revision];
  const listed = await listReferences(
    url,
    names.flatMap((name) => [name, `${name}^{}`]),
    signal,
  );
  // An annotated tag is an object of its own; with "^{}" Git names the commit. A branch counts before a tag, as for git clone.
  const found = names.flatMap((name) => listed.get(`${name}^{}`) ?? listed.get(name) ?? []);
  const [commit] = found;
  if (commit !== undefined) return commit;
  throw new UserError({
    what: `${showText(redactText(url))} has no branch or tag ${showText(revision)}.`,
    why: /^[0-9a-f]{4,39}$/.test(revision)
      ? 'It may be the beginning of a commit, which Git does not look up from afar.'
      : undefined,
    remedy: 'Correct build.srcRepo.revision, or write the whole commit there.',
  });
}

async function listReferences(
  url: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { address, env } = withoutLogin(url);
  try {
    const { stdout } = await execa('git', ['ls-remote', '--', address, ...names], {
      env: { ...env, GIT_TERMINAL_PROMPT: '0' },
      stdin: 'ignore',
      timeout,
      cancelSignal: signal,
    });
    return new Map(stdout.split('\n').map((line) => line.split('\t').reverse() as [string, string]));
  } catch (error) {
    throw explain(address, error);
  }
}

/** A login in the address goes to Git through its environment: everybody on the machine can read arguments. Git 2.31 and later take it so. */
function withoutLogin(url: string): { address: string; env: Record<string, string> } {
  const parsed = /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || (parsed.username === '' && parsed.password === '')) return { address: url, env: {} };
  const login = `${decoded(parsed.username)}:${decoded(parsed.password)}`;
  // What the environment brings of its own stays.
  const count = Number(process.env['GIT_CONFIG_COUNT'] ?? 0);
  parsed.username = '';
  parsed.password = '';
  return {
    address: parsed.href,
    env: {
      GIT_CONFIG_COUNT: String(count + 1),
      [`GIT_CONFIG_KEY_${count}`]: `http.${parsed.origin}/.extraHeader`,
      [`GIT_CONFIG_VALUE_${count}`]: `Authorization: Basic ${Buffer.from(login).toString('base64')}`,
    },
  };
}

/** A bare % stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function explain(address: string, error: unknown): UserError {
  const { stderr, timedOut, shortMessage } = error as ExecaError<{ encoding: 'utf8' }>;
  if (codeOf(error) === 'ENOENT') {
    return new UserError({
      what: 'git was not found, which --pin-revision needs.',
      remedy: 'Install Git, or write the commit as build.srcRepo.revision.',
    });
  }
  return new UserError({
    what: `Cannot list the branches of ${showText(redactText(address))}.`,
    why: timedOut ? `Git did not answer within ${timeout / 1000} s.` : redactText(stderr || shortMessage),
    remedy: 'Look whether you can read it: git ls-remote, or write the commit as build.srcRepo.revision.',
  });
}
