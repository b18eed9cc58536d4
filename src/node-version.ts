import { UserError } from './errors';

/** The oldest Node.js on which ofn runs, because of execa; the CLI runs on much older ones. package.json says the same. */
export const oldestNode = { major: 18, minor: 19 };

/** @throws UserError on an older one, before anything is loaded that it cannot read */
export function requireNode(version = process.versions.node): void {
  const { major, minor } = oldestNode;
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new UserError({
    what: `ofn needs Node.js ${major}.${minor} or later; this is ${version}.`,
    remedy: 'Install a newer Node.js, and in it the CLI: npm install -g @serverless-devs/s',
  });
}
