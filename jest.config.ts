/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** Packages that ship ES modules only; Jest runs CommonJS. */
const esmPackages = [
  '@kubernetes/client-node',
  'openid-client',
  'oauth4webapi',
  'jose',
  'diff',
  'execa',
  '@sindresorhus/merge-streams',
  '@sec-ant/readable-stream',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
  'modern-tar',
  'smol-toml',
];

const common = {
  testEnvironment: 'node',
  transform: {
    '\\.[cm]?[jt]s$': [
      'ts-jest',
      {
        tsconfig: {
          module: 'commonjs',
          moduleResolution: 'node10',
          target: 'es2022',
          allowJs: true,
          esModuleInterop: true,
          resolveJsonModule: true,
          isolatedModules: true,
        },
        diagnostics: false,
      },
    ],
  },
  // Its package exports have no condition that fits CommonJS.
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`, '<rootDir>/dist/'],
} satisfies Config;

/** Tests that run on the sandbox and on the real API server alike. */
const onAnyCluster = ['<rootDir>/__tests__/cluster/**/*.test.ts', '<rootDir>/__tests__/contract/**/*.test.ts'];

/** Releases of OpenFunction other than the usual one take what differs with them: not what starts servers of its own. */
const ofOtherRelease = !['', 'v1.0.0'].includes(process.env['OPENFUNCTION'] ?? '') && {
  testMatch: ['<rootDir>/__tests__/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/cluster/(releases|restart)\\.test\\.ts$'],
};

/** Files of the rollout that watch the cluster for the reducer. */
const drivers = ['follow', 'look', 'answers', 'watches', 'observation'];

const config: Config = {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/__tests__/unit/**/*.test.ts'] },
    { ...common, displayName: 'cli', testMatch: ['<rootDir>/__tests__/{e2e,broken,registry,docs}/**/*.test.ts'] },
    { ...common, displayName: 'package', testMatch: ['<rootDir>/__tests__/package/**/*.test.ts'] },
    {
      ...common,
      displayName: 'sandbox',
      testMatch: onAnyCluster,
      ...ofOtherRelease,
      globalSetup: '<rootDir>/__tests__/support/sandbox-setup.ts',
      globalTeardown: '<rootDir>/__tests__/support/cluster-teardown.ts',
    },
    {
      ...common,
      displayName: 'cluster',
      testMatch: onAnyCluster,
      ...ofOtherRelease,
      globalSetup: '<rootDir>/__tests__/support/cluster-setup.ts',
      globalTeardown: '<rootDir>/__tests__/support/cluster-teardown.ts',
    },
  ],
  // What judges a rollout is pure, and every branch of it is a situation that some test states.
  collectCoverageFrom: ['src/rollout/**', ...drivers.map((file) => `!src/rollout/${file}.ts`)],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
  coverageReporters: ['text-summary'],
  testTimeout: 120_000,
  // Most of the time goes by while other processes work.
  maxWorkers: '100%',
};

export default config;
