import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

export const repository = path.resolve(__dirname, '..');

/** A component that the CLI is measured with. */
export interface Component {
  path: string;
  /** What `s deploy` is given, so that it does not wait for the function to run: nothing here would run it. */
  deployFlags: readonly string[];
}

export interface Components {
  ofn: Component;
  /** Has the same commands, which do nothing: what remains is the CLI's own time. */
  empty: Component;
}

const emptyComponent = `module.exports = class {
  deploy() {}
  plan() {}
  info() {}
  remove() {}
};
`;

/** Copies what is published, so that a build meanwhile does not change what is measured. */
export async function copyComponents(folder: string): Promise<Components> {
  const ofn = path.join(folder, 'ofn');
  for (const name of ['dist', 'package.json', 'publish.yaml']) {
    await cp(path.join(repository, name), path.join(ofn, name), { recursive: true });
  }
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  await writeFile(path.join(empty, 'index.js'), emptyComponent);
  await writeFile(path.join(empty, 'package.json'), JSON.stringify({ name: 'empty', main: 'index.js' }));

  const deployFlags = flagsOfDeploy(ofn).filter((flag) => flag === '--no-wait');
  return { ofn: { path: ofn, deployFlags }, empty: { path: empty, deployFlags } };
}

/** The flags of `deploy`, as the component's own help has them. */
function flagsOfDeploy(folder: string): string[] {
  const { default: Ofn } = createRequire(__filename)(folder) as {
    default: new () => { commands: { deploy: { help: { option: string[][] } } } };
  };
  return new Ofn().commands.deploy.help.option.flatMap(([names = '']) => names.split(/[ ,]+/));
}
