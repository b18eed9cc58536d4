import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { messageOf, UserError } from '../errors';
import { isRecord, valueAt } from '../record';

/** What is left out of a source folder, and what says so. */
export interface IgnoreRules {
  /** The file that decides, relative to the source; undefined when nothing is left out. */
  decidedBy: string | undefined;
  /** Whether there is a project descriptor, which pack follows by itself. */
  hasDescriptor: boolean;
  /** Whether a path is left out; that of a folder ends with "/". Asked from the top down: what is in a folder that is left out is never asked for. */
  leavesOut(relative: string): boolean;
}

/** Never a part of the source: the repository's own data, and what ofn remembers. */
const never = /^(?:.*\/)?\.(?:git|s)\/?$/;

export interface IgnoreOptions {
  /** Path of the project descriptor, where it is not `project.toml` in the folder. */
  descriptor?: string | undefined;
  /** Whether pack builds the source, and leaves out by itself what a project descriptor says. */
  isForPack?: boolean | undefined;
  /** The folder that the source belongs to: where there is no repository, what is ignored there counts, too. */
  project?: string | undefined;
}

/**
 * What decides is the project descriptor if there is one, for that is what pack itself follows; else `.packignore`;
 * else the `.gitignore` files of the folder, of those in it and, up to the root of the repository, of those around it.
 * @throws UserError for a descriptor that cannot be read
 */
export async function readIgnoreRules(root: string, options: IgnoreOptions = {}): Promise<IgnoreRules> {
  const descriptor = options.descriptor ?? path.join(root, 'project.toml');
  if (options.descriptor !== undefined || existsSync(descriptor)) return byDescriptor(descriptor, root, options);
  const packignore = path.join(root, '.packignore');
  if (existsSync(packignore)) {
    const rules = ignore({ ignorecase: false }).add(readFileSync(packignore, 'utf8'));
    return withoutNever('.packignore', (relative) => rules.ignores(relative));
  }
  return withoutNever('.gitignore', byGit(root, options.project));
}

function withoutNever(decidedBy: string | undefined, leavesOut: IgnoreRules['leavesOut']): IgnoreRules {
  return { decidedBy, hasDescriptor: false, leavesOut: (relative) => never.test(relative) || leavesOut(relative) };
}

/** Source: buildpacks/spec extensions/project-descriptor.md; in version 0.1 the lists are under `build`, in 0.2 under `io.buildpacks`. */
async function byDescriptor(file: string, root: string, { isForPack = false }: IgnoreOptions): Promise<IgnoreRules> {
  const { parse } = await import('smol-toml');
  let project: unknown;
  try {
    project = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(
      {
        what: `Cannot read the project descriptor ${file}.`,
        why: messageOf(error),
        remedy: 'Correct it, or name another one with pack.descriptor.',
      },
      { cause: error },
    );
  }
  const sections = [valueAt(project, ['io', 'buildpacks']), valueAt(project, ['build'])];
  const listOf = (key: string): string[] =>
    sections.flatMap((section) => (isRecord(section) && Array.isArray(section[key]) ? section[key].map(String) : []));
  const excluded = listOf('exclude');
  const included = listOf('include');
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(excluded.length > 0 ? excluded : included);
  const decidedBy = path.relative(root, file);
  // pack takes back what a pattern with "!" names even out of a folder that is left out; Git's rules do not. So for pack all counts.
  const takesBack = isForPack && excluded.some((pattern) => pattern.startsWith('!'));
  const leavesOut = (relative: string): boolean => {
    if (takesBack) return false;
    if (excluded.length > 0) return rules.ignores(relative);
    return included.length > 0 && !relative.endsWith('/') && !rules.ignores(relative);
  };
  return { ...withoutNever(decidedBy, leavesOut), hasDescriptor: true };
}

/** The nearest `.gitignore` that says anything about a path decides. Source: gitignore(5). */
function byGit(root: string, project = root): IgnoreRules['leavesOut'] {
  const rulesOf = new Map<string, Ignore | undefined>();
  const rulesIn = (folder: string): Ignore | undefined => {
    if (!rulesOf.has(folder)) {
      const file = path.join(folder, '.gitignore');
      const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
      rulesOf.set(folder, isFile ? ignore({ ignorecase: false }).add(readFileSync(file, 'utf8')) : undefined);
    }
    return rulesOf.get(folder);
  };
  /** Folders that rules in a folder above take back, with that folder: what still others say of them counts no more. */
  const takenBack = new Map<string, string>();
  const isIgnored = (file: string, isFolder: boolean, top: string): boolean => {
    const [wanted = '', by = ''] =
      [...takenBack].reverse().find(([folder]) => file.startsWith(folder + path.sep)) ?? [];
    const saidBy = (folder: string, from: string): { ignored: boolean; unignored: boolean } | undefined =>
      rulesIn(folder)?.test(path.relative(from, file).split(path.sep).join('/') + (isFolder ? '/' : ''));
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const { ignored = false, unignored = false } = saidBy(folder, folder) ?? {};
      // What is ignored only as a part of a folder that was taken back is not.
      const isPartOnly = ignored && by.startsWith(folder + path.sep) && saidBy(folder, wanted)?.ignored !== true;
      if (unignored && isFolder) takenBack.set(file, folder);
      if (!isPartOnly && (ignored || unignored)) return ignored;
      if (folder === top) return false;
    }
  };
  const isInProject = !path.relative(project, root).startsWith('..');
  const repository = repositoryOf(root) ?? (isInProject ? project : root);
  // Who builds a folder that Git does not keep, such as that of a compiler, wants what is in it.
  const isWanted = repository !== root && isIgnored(root, true, repository);
  const top = isWanted ? root : repository;
  return (relative) => isIgnored(path.resolve(root, relative), relative.endsWith('/'), top);
}

/** The repository that a folder is a part of. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
