import fc from 'fast-check';
import { startSandbox, type Sandbox } from '../../sandbox';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import { createApi, type Api } from '../../src/cluster/api';
import { openConnection } from '../../src/cluster/connection';
import { applyFunction } from '../../src/cluster/functions';
import { servedVersions } from '../../src/cluster/look-up';
import { readStatus } from '../../src/cluster/status';
import { toFunction } from '../../src/function/manifest';
import type { FunctionManifest } from '../../src/function/types';
import { toV1beta2 } from '../../src/function/v1beta2';
import { lostInConversion } from '../../src/function/v1beta2/needs';
import { messageOf } from '../../src/errors';
import type { RuleTarget } from '../../src/props/rules/rule';
import { findUnresolved } from '../../src/props/unresolved';
import { isRecord, type JsonRecord } from '../../src/record';
import { releases, type Release } from '../../src/releases';
import { mutatedProps, validProps, writtenProps } from '../support/arbitrary-props';
import { openfunction, plane } from '../support/cluster';
import { temporaryFolder } from '../support/files';
import { fuzz } from '../support/fuzz';
import { errorsOf, repaired } from '../support/repaired';

jest.setTimeout(3_600_000);

const key = { name: 'hello', namespace: 'default' };
const anyProps = fc.oneof({ weight: 5, arbitrary: validProps }, mutatedProps, writtenProps);

function targetOf(release: Release): RuleTarget {
  return { ...key, releases: [release] };
}

/** Connects as ofn does. */
async function connect(to: { server: string; ca: string; token: string }): Promise<Api> {
  const folder = temporaryFolder({ config: toKubeconfig(to) });
  return createApi(await openConnection({ kubeconfig: `${folder}/config` }));
}

/** Why a server refuses props as deploy applies them; undefined when it accepts them. */
async function refusalOf(api: Api, props: JsonRecord): Promise<string | undefined> {
  const versions = await servedVersions(api);
  const manifest = toFunction(props, key);
  const lost = versions.includes('v1beta2') ? lostInConversion(manifest) : [];
  const written = lost.length > 0 ? convert(manifest) : manifest;
  if (typeof written === 'string') return written;
  const { status, body } = await applyFunction(api, key, written, { dryRun: true });
  return status < 300 ? undefined : (readStatus(body).message ?? JSON.stringify(body));
}

/** A Function in v1beta2, or why it cannot be told so. */
function convert(manifest: FunctionManifest): FunctionManifest | string {
  try {
    return toV1beta2(manifest);
  } catch (error) {
    return messageOf(error);
  }
}

/** What ofn leaves to the server, with why. */
const known: readonly RegExp[] = [
  // Kinds of volumes that hardly anyone uses for functions: schema.json knows what they need, but not their fields.
  /volumes(\[\d+\])?\.(awsElasticBlockStore|azureDisk|azureFile|cephfs|cinder|fc|flexVolume|flocker|gcePersistentDisk|gitRepo|glusterfs|iscsi|photonPersistentDisk|portworxVolume|quobyte|rbd|scaleIO|storageos|vsphereVolume)/,
  // The claim of such a volume is open in the same way.
  /volumes(\[\d+\])?\.ephemeral\.volumeClaimTemplate/,
  // Half a character cannot come out of a file.
  /invalid Unicode character escape code/,
  // The sandbox reads YAML with a library that does not follow maps in maps for ever.
  /nesting exceeded maxDepth/,
  // So does deploy, where it makes a v1beta2 Function of it.
  /^The annotation "plugins(\.tracing)?" cannot be read as YAML/,
  // OpenFunction 1.1 and later read these annotations as YAML, and say themselves what is wrong with it.
  /conversion webhook .* failed: yaml: |spec\.serving\.(tracing|hooks)/,
];

async function expectAccepted(server: Api, release: Release): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyProps, async (given) => {
      const props = await repaired(given, targetOf(release));
      if (props === undefined) return;
      const refusal = await refusalOf(server, props);
      if (refusal !== undefined && !known.some((reason) => reason.test(refusal))) {
        throw new Error(`refused: ${refusal}\nprops: ${JSON.stringify(props)}`);
      }
    }),
    fuzz(300),
  );
}

const release = releases.find((known) => openfunction.startsWith(`v${known}.`)) as Release;

test(`what ofn finds nothing wrong with is accepted by OpenFunction ${release}`, async () => {
  await expectAccepted(await connect({ ...plane, token: plane.tokens.admin }), release);
});

describe('OpenFunction 1.2', () => {
  let sandbox: Sandbox;
  let server: Api;
  beforeAll(async () => {
    sandbox = await startSandbox({ openfunction: '1.2', controllers: false });
    server = await connect({ ...sandbox, token: sandbox.tokens.admin });
  });
  afterAll(() => sandbox.stop());

  test('what ofn finds nothing wrong with is accepted', () => expectAccepted(server, '1.2'));

  test('what is refused, ofn has foreseen', async () => {
    const missed: string[] = [];
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyProps, async (props) => {
        // Deploy sends no reference that is left.
        if (!isRecord(props) || findUnresolved(props).length > 0) return;
        const foreseen = (await errorsOf(props, targetOf('1.2'))).length > 0;
        const refusal = await refusalOf(server, props).catch(messageOf);
        if (refusal === undefined) return;
        refused += 1;
        if (!foreseen) missed.push(refusal);
      }),
      fuzz(300),
    );
    expect(refused).toBeGreaterThan(0);
    expect(missed.filter((refusal) => !known.some((reason) => reason.test(refusal)))).toEqual([]);
  });
});
