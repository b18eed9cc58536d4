import { UserError } from '../../errors';

/** How pack is installed. Source: https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/. */
const installs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'brew install buildpacks/tap/pack',
  win32: 'choco install pack\nor: scoop install pack',
  linux:
    'brew install buildpacks/tap/pack\non Ubuntu: sudo add-apt-repository ppa:cncf-buildpacks/pack-cli && sudo apt-get install pack-cli\nelsewhere: unpack it from https://github.com/buildpacks/pack/releases into a folder of your PATH',
};

/** The error for a machine without pack. */
export function missingPack(command: string, platform: NodeJS.Platform = process.platform): UserError {
  const what = `The command ${command} was not found.`;
  if (/[\\/]/.test(command)) {
    return new UserError({ what, remedy: 'Correct pack.command; it starts from the folder of the s.yaml.' });
  }
  return new UserError({
    what,
    why: 'pack builds the image on this machine, with Docker.',
    remedy: `Install it: ${installs[platform] ?? 'see https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/'}\nWithout it, let the cluster build: use build.source instead of pack.`,
  });
}
