import { UserError } from '../errors';
import { hashTree } from './hash';
import { readIgnoreRules, type IgnoreOptions, type IgnoreRules } from './ignore';
import { isSameTree, readTree, type SourceTree } from './tree';

/** A source folder as it is at a moment. */
export interface Source {
  tree: SourceTree;
  /** Digest of its content. */
  hash: string;
  rules: IgnoreRules;
  /** Whether it has changed since. */
  hasChanged: () => boolean;
}

interface SourceOptions extends IgnoreOptions {
  followsLinks: boolean;
}

/** How often a source is read that changes meanwhile. */
export const mostTries = 5;

/**
 * Reads a source folder. What changes meanwhile is read again.
 * @throws UserError when it cannot be read, keeps changing, is empty, or has a link that leads out of it
 */
export async function readSource(root: string, options: SourceOptions): Promise<Source> {
  const { followsLinks } = options;
  const rules = await readIgnoreRules(root, options);
  const look = (): SourceTree | undefined => unlessGone(() => readTree(root, { rules, followsLinks }));
  let tree = look();
  for (let tries = 0; tries < mostTries; tries += 1) {
    const hash = tree && (await hashOf(tree));
    const after = look();
    if (tree && hash !== undefined && after && isSameTree(tree, after)) {
      requireContent(tree, rules.decidedBy);
      return { tree, hash, rules, hasChanged: changeOf(tree, look) };
    }
    tree = after;
  }
  throw changing(root);
}

/** Whether another look brings something else; what cannot be looked at any more has changed. */
function changeOf(tree: SourceTree, look: () => SourceTree | undefined): () => boolean {
  return () => {
    try {
      const now = look();
      return now === undefined || !isSameTree(tree, now);
    } catch {
      return true;
    }
  };
}

/** The error for a source that cannot be read because somebody writes into it. */
export function changing(root: string): UserError {
  return new UserError({
    what: `The source folder ${root} changes all the time.`,
    why: `It was read ${mostTries} times, and was another one each time.`,
    remedy: 'Stop what writes into it, or leave those files out by a .packignore file.',
  });
}

/** Undefined when something went away while it was looked at. */
function unlessGone(read: () => SourceTree): SourceTree | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Undefined when a file went away meanwhile. @throws UserError when one cannot be read */
async function hashOf(tree: SourceTree): Promise<string | undefined> {
  try {
    return await hashTree(tree);
  } catch (error) {
    const { code, path: file = tree.root, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UserError(
      { what: `Cannot read ${file} of the source.`, why: message, remedy: 'Make it readable, or leave it out.' },
      { cause: error },
    );
  }
}

function requireContent({ root, entries, leftOut }: SourceTree, decidedBy = 'nothing'): void {
  if (entries.some(({ kind }) => kind !== 'folder')) return;
  if (leftOut.length === 0) {
    throw new UserError({
      what: `The source folder ${root} is empty.`,
      remedy: 'Correct the path; it starts from the folder of the s.yaml.',
    });
  }
  throw new UserError({
    what: `All of the source folder ${root} is left out.`,
    why: `${decidedBy} leaves out ${leftOut.slice(0, 3).join(', ')}${leftOut.length > 3 ? ', …' : ''}.`,
    remedy: 'Correct it, or put a .packignore file into the folder, which then decides instead of .gitignore.',
  });
}
