/** Keys of the results that the CLI prints in CI, by a pattern of the command (`getShownProps`). */
export const shownProps: Record<string, string[]> = {
  'deploy|info': [
    'name',
    'namespace',
    'apiVersion',
    'generation',
    'deletionTimestamp',
    'version',
    'image',
    'imageDigest',
    'runtime',
    'build',
    'serving',
    'addresses',
    'inputs',
    'outputs',
    'verdict',
    'reasons',
  ],
  build: ['image', 'digest'],
  plan: ['action', 'changes'],
  render: ['manifests', 'files'],
};
