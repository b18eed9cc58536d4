import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const programs = ['etcd', 'kube-apiserver'];

/** Goes up when build.sh makes something else. */
const buildVersion = 'kubernetes-1.20.2-1';

/**
 * The folder with etcd and kube-apiserver: KUBEBUILDER_ASSETS, else the cache, else built into the cache once (about two minutes).
 * @throws Error when KUBEBUILDER_ASSETS lacks a program, or the build fails.
 */
export async function findBinaries(): Promise<string> {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  if (assets) {
    if (!isComplete(assets)) throw new Error(`KUBEBUILDER_ASSETS=${assets} lacks one of ${programs.join(', ')}.`);
    return assets;
  }
  const cache = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'ofn');
  const folder = path.join(cache, buildVersion);
  if (!isComplete(folder)) await build(cache, folder);
  return folder;
}

function isComplete(folder: string): boolean {
  return programs.every((program) => existsSync(path.join(folder, program)));
}

/** Builds beside the final folder, so that a broken build leaves no half-filled cache. */
async function build(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(path.join(cache, 'building-'));
  try {
    const { status } = spawnSync('bash', [path.join(__dirname, 'build.sh'), temporary], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) throw new Error('The control plane could not be built; see above.');
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
