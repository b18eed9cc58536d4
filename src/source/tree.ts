import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import { codeOf, messageOf, UserError } from '../errors';
import type { IgnoreRules } from './ignore';

/** A file, folder or link of a source. */
export interface SourceEntry {
  /** Relative to the source, with "/". */
  path: string;
  kind: 'file' | 'folder' | 'link';
  isExecutable: boolean;
  /** Bytes of a file. */
  size: number;
  /** Where a link leads, as it is written. */
  target: string;
  /** What changes when the content does, as far as the file system tells. */
  stamp: string;
}

export interface SourceTree {
  root: string;
  /** Sorted by path. */
  entries: readonly SourceEntry[];
  /** What was left out, sorted: the paths of files, and of folders with "/" at their end. */
  leftOut: readonly string[];
}

interface TreeOptions {
  rules: IgnoreRules;
  /** Whether links are replaced by what they lead to. */
  followsLinks: boolean;
}

/**
 * What a source folder holds. Sockets, pipes and devices are no source.
 * @throws UserError when a link leads out of the folder, or something cannot be read
 */
export function readTree(root: string, { rules, followsLinks }: TreeOptions): SourceTree {
  const top = readable(root, () => realpathSync(root));
  const entries: SourceEntry[] = [];
  const leftOut: string[] = [];

  /** @param above the real folders that lead here, which no link may lead back to */
  const visit = (folder: string, above: readonly string[]): void => {
    const parent = path.join(root, folder);
    for (const name of readable(parent, () => readdirSync(parent))) {
      const relative = folder === '' ? name : `${folder}/${name}`;
      if (name.includes('\uFFFD')) throw unreadableName(relative);
      const file = path.join(root, relative);
      const own = lstatSync(file, { bigint: true });
      if (rules.leavesOut(own.isDirectory() ? `${relative}/` : relative)) {
        leftOut.push(own.isDirectory() ? `${relative}/` : relative);
        continue;
      }
      if (own.isSymbolicLink()) {
        refuseToLeave(relative, file, { top, decidedBy: rules.decidedBy });
        if (!followsLinks) {
          entries.push(entryOf('link', relative, own, readlinkSync(file)));
          continue;
        }
      }
      const stats = own.isSymbolicLink() ? followed(relative, file, rules.decidedBy) : own;
      if (stats.isFile()) entries.push(entryOf('file', relative, stats));
      if (!stats.isDirectory()) continue;
      const real = realpathSync(file);
      if (above.includes(real)) throw refused(relative, 'leads back to a folder that it is in', rules.decidedBy);
      entries.push(entryOf('folder', relative, stats));
      visit(relative, [...above, real]);
    }
  };

  visit('', [top]);
  const byPath = (a: SourceEntry, b: SourceEntry): number => compare(a.path, b.path);
  return { root, entries: entries.sort(byPath), leftOut: leftOut.sort(compare) };
}

/** Whether nothing has changed between two looks at a source. */
export function isSameTree(a: SourceTree, b: SourceTree): boolean {
  const stampsOf = ({ entries }: SourceTree): string =>
    entries.map(({ path: name, kind, isExecutable, target, stamp }) => [name, kind, isExecutable, target, stamp].join('\0')).join('\n'); // prettier-ignore
  return stampsOf(a) === stampsOf(b);
}

/** @throws UserError when a folder cannot be read */
function readable<T>(folder: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UserError(
      {
        what:
          codeOf(error) === 'ENOENT'
            ? `The source folder ${folder} does not exist.`
            : `Cannot read the source folder ${folder}.`,
        why: messageOf(error),
        remedy: 'Relative paths start from the folder of the s.yaml. Correct the path, or make the folder readable.',
      },
      { cause: error },
    );
  }
}

function entryOf(kind: SourceEntry['kind'], relative: string, stats: BigIntStats, target = ''): SourceEntry {
  const { mode, size, mtimeNs, ctimeNs, ino } = stats;
  return {
    path: relative,
    kind,
    isExecutable: kind === 'file' && (mode & 0o111n) !== 0n,
    size: kind === 'file' ? Number(size) : 0,
    target,
    stamp: kind === 'folder' ? '' : [size, mtimeNs, ctimeNs, ino].join(' '),
  };
}

/** A link that leads out of the source leads nowhere where the image is built. */
function refuseToLeave(
  relative: string,
  file: string,
  { top, decidedBy }: { top: string; decidedBy: string | undefined },
): void {
  const target = readlinkSync(file);
  const end = realPathOf(path.resolve(realpathSync(path.dirname(file)), target));
  const isInside = end === top || end.startsWith(top + path.sep);
  if (!isInside) throw refused(relative, `leads out of the source folder, to ${target}`, decidedBy);
  if (path.isAbsolute(target)) throw refused(relative, `is absolute, to ${target}; make it relative`, decidedBy);
}

/** Of what does not exist, where it would be. */
function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function followed(relative: string, file: string, decidedBy: string | undefined): BigIntStats {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) throw refused(relative, 'leads to nothing', decidedBy);
  return stats;
}

function refused(relative: string, why: string, decidedBy = '.gitignore'): UserError {
  return new UserError({
    what: `The link ${relative} ${why}.`,
    why: 'Where the image is built there is nothing but the source folder.',
    remedy: `Copy what it leads to into the folder, or leave the link out: write its path into ${decidedBy}.`,
  });
}

function unreadableName(relative: string): UserError {
  return new UserError({
    what: `The name of ${relative} is not UTF-8.`,
    remedy: 'Give it another name, or leave its folder out by a .packignore file.',
  });
}

/** The same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
