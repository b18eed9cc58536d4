import { formatPath } from '../../../src/path';
import { checkProps } from '../../../src/props/check';
import { manifestOrigin } from '../../../src/props/origin';
import type { Problem } from '../../../src/props/problem';
import { validateProps } from '../../../src/props/validate';
import { nameReleases, type Release } from '../../../src/releases';
import {
  publishedFunctions,
  readProbes,
  testEach,
  toProps,
  type Probe,
  type PublishedFunction,
} from '../../support/conformance';

const origin = manifestOrigin('f.yaml', '/p/f.yaml');

async function judge(input: object, releases?: readonly Release[], apiVersion?: string): Promise<Problem[]> {
  const written = toProps({ file: '', manifest: input as PublishedFunction['manifest'] });
  const props = apiVersion === undefined ? written : { ...written, apiVersion };
  const problems = await validateProps(props, origin);
  return checkProps({ props, problems, origin }, { name: String(props['name']), namespace: 'default', releases });
}

function errorsAmong(problems: readonly Problem[]): string[] {
  return problems.filter(({ severity }) => severity === 'error').map(({ path }) => formatPath(path));
}

const asyncHttp = 'OpenFunction 1.2 makes an HTTP function of it (asyncInputs)';
const bundle = 'OpenFunction 1.2 takes the name of the credentials for its image (bundles)';
const lost = 'later releases lost the check and drop it or hang';

/** Where ofn refuses what the webhooks of a release accept: the place, and why. */
const stricter: Readonly<Record<string, { path: string; why: string; releases: readonly (Release | 'unknown')[] }[]>> =
  {
    'build-dockerfile-no-builder': [
      {
        path: 'build.builder',
        why: 'the build fails without the image of its tool (toolOfDockerfile)',
        releases: ['unknown', '1.0', '1.2'],
      },
    ],
    'srcRepo-both': [{ path: 'build.srcRepo.bundleContainer', why: bundle, releases: ['1.2'] }],
    'bundle-with-credentials': [{ path: 'build.srcRepo.bundleContainer', why: bundle, releases: ['1.2'] }],
    'so-workloadType-bad': [
      {
        path: 'serving.scaleOptions.keda.scaledObject.workloadType',
        why: 'OpenFunction 1.2 makes a Deployment of it without a word',
        releases: ['unknown', '1.2'],
      },
      { path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] },
    ],
    'input-unknown-component': [{ path: 'serving.inputs[0].component', why: lost, releases: ['unknown', '1.2'] }],
    'input-empty-name': [{ path: 'serving.inputs[0].name', why: lost, releases: ['unknown', '1.2'] }],
    'output-unknown-component': [
      { path: 'serving.outputs[0].component', why: lost, releases: ['unknown', '1.2'] },
      { path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] },
    ],
    'pubsub-wrong-type': [
      { path: 'serving.pubsub.x.type', why: lost, releases: ['unknown', '1.2'] },
      { path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] },
    ],
    'trigger-keda-empty': [{ path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] }],
    'trigger-empty-type': [
      { path: 'serving.triggers[0].type', why: lost, releases: ['unknown', '1.2'] },
      { path: 'serving.triggers', why: 'OpenFunction 1.2 drops triggers without keda', releases: ['1.2'] },
      { path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] },
    ],
    'runtime-bad': [
      {
        path: 'serving.runtime',
        why: 'the CRD of every release refuses it before the webhook',
        releases: ['unknown', '1.2'],
      },
    ],
    'async-no-inputs': [{ path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] }],
    tracing: [{ path: 'serving.inputs', why: asyncHttp, releases: ['1.2'] }],
  };

function exceptions(probe: Probe, release: Release | 'unknown'): string[] {
  const listed = stricter[probe.name.replace('v1beta1/', '')] ?? [];
  return listed.filter(({ releases }) => releases.includes(release)).map(({ path }) => path);
}

/** Why a release refuses a probe, empty when it breaks down over it; undefined when it accepts it. */
function refusal(probe: Probe, release: '1.0' | '1.2'): string | undefined {
  if (release === '1.2' && probe.convertPanic) return '';
  const verdict = probe[`webhook_v${release}.0`];
  return verdict === 'ok' ? undefined : (verdict ?? '');
}

/** The place that a webhook names, as props have it. The webhooks misspell some. */
function placeOf({ input }: Probe, verdict: string): string | undefined {
  // OpenFunction 1.2 names where the conversion has put the number, not where it is written.
  const merged = JSON.stringify(input).includes('minReplicaCount') && verdict.includes('scaleOptions.minReplicas');
  if (merged) return 'serving.scaleOptions.keda.scaledObject.minReplicaCount';
  const place = /^spec\.(\S+?):/.exec(verdict)?.[1];
  return place?.replaceAll('.[', '[').replace('scaleObject', 'scaledObject').replace('scaleJob', 'scaledJob');
}

const probes = readProbes()
  .filter(({ name }) => name.startsWith('v1beta1/'))
  .map((probe) => [probe.name, probe] as const);

describe.each(['1.0', '1.2'] as const)('on OpenFunction %s', (release) => {
  testEach('%s is judged as by its webhooks', probes, async (probe) => {
    const problems = await judge(probe.input, [release], 'core.openfunction.io/v1beta1');
    const verdict = refusal(probe, release);
    if (verdict === undefined) {
      expect(errorsAmong(problems).sort()).toEqual(exceptions(probe, release).sort());
      return;
    }
    const place = placeOf(probe, verdict);
    expect(errorsAmong(problems)).toContainEqual(
      place === undefined
        ? expect.any(String)
        : expect.stringMatching(new RegExp(`^${place.replace(/[.[\]]/g, '\\$&')}`)),
    );
  });
});

describe('without a cluster', () => {
  testEach('%s is refused when all releases refuse it, and warned of when some do', probes, async (probe) => {
    const problems = await judge(probe.input, undefined, 'core.openfunction.io/v1beta1');
    const refusing = (['1.0', '1.2'] as const).filter((release) => refusal(probe, release) !== undefined);
    if (refusing.length === 2) expect(errorsAmong(problems)).not.toEqual([]);
    else expect(errorsAmong(problems).sort()).toEqual(exceptions(probe, 'unknown').sort());
    if (refusing.length === 1 && exceptions(probe, 'unknown').length === 0) {
      const range: readonly Release[] = refusing[0] === '1.0' ? ['0.7', '0.8', '1.0'] : ['1.1', '1.2'];
      expect(problems.map(({ severity, message }) => `${severity} ${message}`)).toContainEqual(
        expect.stringContaining(`warning With ${nameReleases(range)}`),
      );
    }
  });
});

describe('published Functions', () => {
  const published = publishedFunctions().map((item) => [item.file, item] as const);
  testEach('%s has no error', published, async ({ manifest }) => {
    expect(errorsAmong(await judge(manifest))).toEqual([]);
  });

  (published.length > 0 ? test : test.skip)('are warned of only with reason', async () => {
    const warned = await Promise.all(
      published.map(
        async ([file, { manifest }]) => [file, (await judge(manifest)).map(({ path }) => formatPath(path))] as const,
      ),
    );
    expect(Object.fromEntries(warned.filter(([, places]) => places.length > 0))).toMatchSnapshot();
  });
});
