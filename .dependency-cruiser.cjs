/** The walls of the house: imports run downwards only (docs/architecture.md). Dynamic imports count, too. */
const folder = (...names) => `^src/(${names.join('|')})/`;

/** Folders that know of clusters, files or the user's inputs. */
const acting = ['cluster', 'registry', 'http', 'source', 'logs', 'preflight', 'rollout', 'build', 'inputs', 'state'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'commands-are-the-top',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: folder('commands') },
      to: { path: folder('commands') },
    },
    {
      name: 'cluster-is-below',
      comment: 'The cluster layer knows HTTP, kubeconfig and Kubernetes, and nothing of s.yaml.',
      severity: 'error',
      from: { path: folder('cluster') },
      to: { path: '^src/(?!cluster/|http/|[^/]+\\.ts$)' },
    },
    {
      name: 'registry-is-below',
      comment: 'The registry layer knows HTTP, the distribution API and logins, and nothing of clusters and s.yaml.',
      severity: 'error',
      from: { path: folder('registry') },
      to: { path: '^src/(?!registry/|http/|[^/]+\\.ts$)' },
    },
    {
      name: 'http-and-source-know-nobody',
      comment: 'How requests go out, and what is in a folder, is the same for all who want to know.',
      severity: 'error',
      from: { path: folder('http', 'source') },
      to: { path: ['^src/(?!http/|source/|[^/]+\\.ts$)'] },
    },
    {
      name: 'preflight-looks-and-judges',
      comment: 'It asks the cluster layer and judges by the rules; what is printed is for the commands.',
      severity: 'error',
      from: { path: folder('preflight') },
      to: { path: folder('inputs', 'function', 'ui', 'state') },
    },
    {
      name: 'rollout-is-judged-by-a-pure-reducer',
      comment: 'Only the files that watch the cluster for it know the cluster layer.',
      severity: 'error',
      from: { path: folder('rollout'), pathNot: '^src/rollout/(follow|look|answers|watches|observation)' },
      to: { path: ['^src/(?!rollout/|function/|[^/]+\\.ts$)', '^(node:)?(fs|http|https|net|timers|os)(/|$)'] },
    },
    {
      name: 'rollout-and-build-print-nothing',
      severity: 'error',
      from: { path: folder('rollout', 'build') },
      to: {
        path: folder('commands', 'inputs', 'props', 'preflight', 'ui', 'state'),
        pathNot: '^src/props/generated/types',
      },
    },
    {
      name: 'logs-print-nothing',
      severity: 'error',
      from: { path: folder('logs') },
      to: { path: folder('commands', 'inputs', 'props', 'preflight', 'rollout', 'build', 'registry', 'ui', 'state') },
    },
    {
      name: 'lines-are-read-without-a-cluster',
      comment: 'Only the files that say which logs, and where from, know the cluster layer.',
      severity: 'error',
      from: { path: folder('logs'), pathNot: '^src/logs/(cluster-log|follow|function-logs|build-logs)' },
      to: { path: folder('cluster', 'http') },
    },
    {
      name: 'pure-folders',
      comment: 'Manifests, rules and diffs are computed without a cluster and without files.',
      severity: 'error',
      from: { path: folder('function', 'props') },
      to: {
        path: [folder(...acting, 'ui'), '^(node:)?(fs|http|https|net|child_process|os)(/|$)'],
      },
    },
    {
      name: 'ui-knows-no-cluster',
      severity: 'error',
      from: { path: folder('ui') },
      to: {
        path: folder(...acting, 'commands'),
      },
    },
    {
      name: 'client-node-only-in-cluster',
      severity: 'error',
      from: { pathNot: folder('cluster') },
      to: { path: '@kubernetes/client-node' },
    },
    {
      name: 'processes-only-for-credential-plugins',
      comment: 'Nobody starts a process but for credentials, and for the local build.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/cluster/exec-plugin', '^src/registry/credential-helper', folder('build')],
      },
      to: { path: ['^(node:)?child_process$', 'node_modules/execa'] },
    },
    {
      name: 'src-is-what-is-shipped',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|bench|scripts|__tests__)/' },
    },
    {
      name: 'sandbox-imitates-the-other-side',
      comment: 'What stands for the cluster must not share the mistakes of what is tested on it.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^src/', pathNot: '^src/record\\.ts$' },
    },
    {
      name: 'api-server-knows-no-openfunction',
      severity: 'error',
      from: { path: '^sandbox/(apiserver|faults|controllers)/' },
      to: { path: '^sandbox/openfunction/' },
    },
    {
      name: 'foundation-is-the-bottom',
      comment: 'Files of src itself, but for the entry, are the foundation of all folders.',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$', pathNot: '^src/index\\.ts$' },
      to: { path: '^src/[^/]+/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/props/generated/validator\\.js' },
  },
};
