import type { Source } from '../../source/source';

/** How much a source is, and what is left out of it: somebody may miss that in the image. */
export function describeSource({ tree, rules }: Source): string {
  return `${sizeOf(tree.entries)}${leftOut(tree.leftOut, rules.decidedBy)}`;
}

/** Files that should not be in an image: whoever can pull it can read them. */
const secretFile =
  /(^|\/)(\.env(\.(?!example$|sample$)[^/]*)?|[^/]*\.(pem|key|p12|pfx)|id_(rsa|dsa|ecdsa|ed25519)|\.git-credentials)$/;

/** What the user may not have meant to send; undefined where there is nothing like that. */
export function warningOfSecrets({ tree }: Source): string | undefined {
  const files = tree.entries.flatMap(({ kind, path }) => (kind === 'folder' || !secretFile.test(path) ? [] : [path]));
  if (files.length === 0) return undefined;
  return `The source holds ${inShort(files)}, which may be secrets: they become a part of the image. A .gitignore or .packignore file leaves them out.`;
}

function sizeOf(entries: Source['tree']['entries']): string {
  const files = entries.filter(({ kind }) => kind === 'file');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${inWords(bytes)}`;
}

function inWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function leftOut(paths: readonly string[], decidedBy = ''): string {
  const named = paths.filter((path) => !/(^|\/)\.(git|s)\/?$/.test(path));
  return named.length === 0 ? '' : `; left out by ${decidedBy}: ${inShort(named)}`;
}

function inShort(paths: readonly string[]): string {
  return paths.slice(0, 3).join(', ') + (paths.length > 3 ? ` and ${paths.length - 3} more` : '');
}
