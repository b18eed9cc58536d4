import { UserError } from '../errors';
import { hashTree } from './hash';
import { readIgnoreRules, type IgnoreRules } from './ignore';
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

interface SourceOptions {
  followsLinks: boolean;
  /** Path of the project descriptor, where it is not in the folder. */
  descriptor?: string | undefined;
}

/** How often a source is read that changes meanwhile. */
const mostTries = 5;

/**
 * Reads a source folder. What changes meanwhile is read again.
 * @throws UserError when it cannot be read, keeps changing, is empty, or has a link that leads out of it
 */
export async function readSource(root: string, { followsLinks, descriptor }: SourceOptions): Promise<Source> {
  const rules = await readIgnoreRules(root, descriptor);
  const look = (): SourceTree => readTree(root, { rules, followsLinks });
  let tree = look();
  for (let tries = 0; tries < mostTries; tries += 1) {
    const hash = await hashOf(tree);
    const after = look();
    if (hash !== undefined && isSameTree(tree, after)) {
      requireContent(tree, rules.decidedBy);
      return { tree, hash, rules, hasChanged: () => !isSameTree(tree, look()) };
    }
    tree = after;
  }
  throw new UserError({
    what: `The source folder ${root} changes all the time.`,
    why: `It was read ${mostTries} times, and was another one each time.`,
    remedy: 'Stop what writes into it, or leave those files out by a .packignore file.',
  });
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

function requireContent({ root, entries }: SourceTree, decidedBy: string | undefined): void {
  if (entries.some(({ kind }) => kind !== 'folder')) return;
  throw new UserError({
    what: `The source folder ${root} holds no files.`,
    ...(decidedBy !== undefined && { why: `${decidedBy} may leave all of them out.` }),
    remedy: 'Correct the path; it starts from the folder of the s.yaml.',
  });
}
