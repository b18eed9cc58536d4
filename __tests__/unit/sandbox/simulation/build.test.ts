import { valueAt } from '../../../../src/record';
import type { BuildFate } from '../../../../sandbox/scenarios/scenario';
import {
  builders,
  eventsOf,
  functionPath,
  masked,
  olderSpecs,
  servings,
  simulate,
  specs,
  treeOf,
  type Simulation,
} from '../support/cluster';

const buildRuns = 'buildruns.shipwright.io';
const pods = 'pods.';

/** Times that show one state each. */
const whileBuilding = 500;

function withBuild(changes: object): object {
  return { ...specs.buildOnly, build: { ...specs.buildOnly.build, ...changes } };
}

function conditionOf({ only }: Simulation): unknown {
  return valueAt(only(buildRuns), ['status', 'conditions']);
}

describe('a function that is built', () => {
  test('goes from Created over Building to Succeeded, and is not served before', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.built);
    simulation.pass();
    expect(simulation.states).toEqual([
      '-, -',
      'Created, -',
      'Building, -',
      'Succeeded, Created',
      'Succeeded, Starting',
      'Succeeded, Running',
    ]);
  });

  test('has a Builder with what Shipwright and Tekton make', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.built);
    simulation.pass(whileBuilding);
    expect(treeOf(simulation, simulation.fn())).toMatchInlineSnapshot(`
     "Function f
       Builder builder-xxxxx (openfunction.io/function=f)
         Build builder-xxxxx-build-xxxxx (openfunction.io/builder=builder-xxxxx, openfunction.io/function=f)
         BuildRun builder-xxxxx-buildrun-xxxxx (openfunction.io/builder=builder-xxxxx, openfunction.io/function=f)
           TaskRun builder-xxxxx-buildrun-xxxxx-xxxxx (buildrun.shipwright.io/name=builder-xxxxx-buildrun-xxxxx, build.shipwright.io/name=builder-xxxxx-build-xxxxx, clusterbuildstrategy.shipwright.io/name=openfunction)
             Pod builder-xxxxx-buildrun-xxxxx-xxxxx-pod (buildrun.shipwright.io/name=builder-xxxxx-buildrun-xxxxx, build.shipwright.io/name=builder-xxxxx-build-xxxxx, clusterbuildstrategy.shipwright.io/name=openfunction)"
    `);
    expect(simulation.only(builders)['spec']).toEqual({ ...specs.built.build, image: 'example.com/f:v1' });
    expect(simulation.only(builders).metadata.ownerReferences).toEqual([
      {
        apiVersion: 'core.openfunction.io/v1beta2',
        kind: 'Function',
        name: 'f',
        uid: simulation.fn().metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
  });

  test('names its Builder, and the Builder its Build and BuildRun', async () => {
    const { apply, pass, status, only } = await simulate();
    await apply(specs.buildOnly);
    pass(whileBuilding);
    const builder = only(builders);
    expect(status('build', 'resourceRef')).toBe(builder.metadata.name);
    expect(builder['status']).toEqual({
      phase: 'Build',
      state: 'Building',
      resourceRef: {
        'shipwright.io/build': only('builds.shipwright.io').metadata.name,
        'shipwright.io/buildRun': only(buildRuns).metadata.name,
      },
    });
    expect(only(buildRuns)['spec']).toEqual({ buildRef: { name: only('builds.shipwright.io').metadata.name } });
  });

  test('says how it went, what came out and of which source', async () => {
    const { apply, pass, status, fn } = await simulate();
    await apply(specs.buildOnly);
    pass();
    expect(status('build')).toEqual({
      state: 'Succeeded',
      reason: 'Succeeded',
      message: 'All Steps have completed executing',
      buildDuration: '1s',
      resourceRef: expect.stringMatching(/^builder-\w{5}$/) as string,
      lastSuccessfulResourceRef: status('build', 'resourceRef'),
      resourceHash: expect.stringMatching(/^\d+$/) as string,
    });
    expect(status('serving')).toEqual({ state: 'Skipped' });
    expect(status('revision')).toEqual({ imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string });
    expect(status('sources')).toEqual([
      {
        name: 'default',
        git: {
          commitSha: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
          commitAuthor: 'somebody',
          branchName: 'main',
        },
      },
    ]);
    expect(fn().status).not.toHaveProperty('observedGeneration');
  });

  test('is served with the digest of the image', async () => {
    const { apply, pass, status, only } = await simulate();
    await apply(specs.built);
    pass();
    const image = `example.com/f:v1@${String(status('revision', 'imageDigest'))}`;
    expect(valueAt(only(servings), ['spec', 'image'])).toBe(image);
    expect(valueAt(only(pods), ['spec', 'containers', '0', 'image'])).toBe(image);
  });

  test('is told of by events', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.built);
    simulation.pass();
    expect(eventsOf(simulation, 'Function')).toEqual([
      'Normal BuildStarted: Builder builder-xxxxx created',
      'Normal BuildCompleted: All Steps have completed executing',
      'Normal Starting: Serving serving-xxxxx is Starting',
      'Normal Running: Serving serving-xxxxx is Running',
    ]);
    expect(eventsOf(simulation, 'Builder')).toEqual([
      'Normal Started: BuildRun builder-xxxxx-buildrun-xxxxx created',
      'Normal Completed: All Steps have completed executing',
    ]);
  });

  test('of release 1.0 goes the same way in v1beta1, without reasons and events', async () => {
    const simulation = await simulate({ openfunction: '1.0' });
    const { apply, pass, status, request, states } = simulation;
    const secret = { metadata: { name: 'push-secret' } };
    await request('POST', '/api/v1/namespaces/default/secrets', secret);
    await apply(olderSpecs.built);
    pass(whileBuilding);
    expect(simulation.only(builders).apiVersion).toBe('core.openfunction.io/v1beta1');
    pass();
    expect(states).toEqual([
      '-, -',
      'Created, -',
      'Building, -',
      'Succeeded, Created',
      'Succeeded, Starting',
      'Succeeded, Running',
    ]);
    expect(Object.keys(status('build') as object).sort()).toEqual([
      'lastSuccessfulResourceRef',
      'resourceHash',
      'resourceRef',
      'state',
    ]);
    expect([eventsOf(simulation, 'Function'), eventsOf(simulation, 'Builder')]).toEqual([[], []]);
  });
});

describe('the pod of a build', () => {
  const steps = ['step-source-default', 'step-prepare', 'step-create', 'step-results'];

  /** One word for each step. */
  function progress({ only }: Simulation): string[] {
    const statuses = valueAt(only(pods), ['status', 'containerStatuses']) as { name: string; state: object }[];
    expect(statuses.map(({ name }) => name)).toEqual(steps);
    return statuses.map(({ state }) => Object.keys(state).join());
  }

  test('does one step after the other', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.buildOnly);
    const seen: string[][] = [];
    for (let step = 0; step < 4; step += 1) {
      simulation.pass(step === 0 ? 100 : 300);
      seen.push(progress(simulation));
    }
    const ended = (count: number): string[] => steps.map((_, index) => (index < count ? 'terminated' : 'running'));
    expect(seen).toEqual([1, 2, 3, 4].map(ended));
    expect(simulation.only(pods).metadata.name).toMatch(/^builder-\w{5}-buildrun-\w{5}-\w{5}-pod$/);
  });

  test('logs what each step does', async () => {
    const { apply, pass, only, log } = await simulate({ scenario: { fates: { f: { build: 'step fails' } } } });
    await apply(specs.buildOnly);
    pass();
    const { name } = only(pods).metadata;
    expect(await log(name, 'container=step-source-default')).toBe('Cloning the source\nChecked out main\n');
    expect(await log(name, 'container=step-create')).toMatch(/ERROR: failed to build: exit status 1\n$/);
    expect(await log(name, 'container=step-results')).toBe('');
  });

  test('is gone with its logs once the build has succeeded', async () => {
    const { apply, pass, all } = await simulate();
    await apply(specs.buildOnly);
    pass(2000);
    expect([all(builders), all('builds.shipwright.io'), all(buildRuns), all('taskruns.tekton.dev'), all(pods)]).toEqual(
      [[], [], [], [], []],
    );
  });

  test.each([
    [1, ['builder-xxxxx']],
    [2, ['builder-xxxxx', 'builder-xxxxx']],
  ])('stays while successfulBuildsHistoryLimit %d allows it', async (limit, kept) => {
    const { apply, pass, all } = await simulate();
    for (const revision of ['a', 'b', 'c']) {
      const srcRepo = { ...specs.buildOnly.build.srcRepo, revision };
      await apply(withBuild({ successfulBuildsHistoryLimit: limit, srcRepo }));
      pass();
    }
    expect(all(builders).map(({ metadata }) => masked(metadata.name))).toEqual(kept);
    expect(
      all(builders)
        .map((builder) => valueAt(builder, ['spec', 'srcRepo', 'revision']))
        .sort(),
    ).toEqual(['a', 'b', 'c'].slice(3 - limit));
  });
});

describe('a build that fails', () => {
  const registration = (reason: string): object => ({
    state: 'Failed',
    reason: 'BuildRegistrationFailed',
    message: `the Build is not registered correctly, build: builder-xxxxx-build-xxxxx, registered status: False, reason: ${reason}`,
  });
  const failedStep = {
    state: 'Failed',
    reason: 'Failed',
    message:
      'buildrun step step-create failed in pod builder-xxxxx-buildrun-xxxxx-xxxxx-pod, for detailed information: ' +
      'kubectl --namespace default logs builder-xxxxx-buildrun-xxxxx-xxxxx-pod --container=step-create',
  };
  const fates: Record<Exclude<BuildFate, 'succeeds' | 'hangs'>, object> = {
    'step fails': failedStep,
    'push is refused': failedStep,
    'times out': {
      state: 'Timeout',
      reason: 'BuildRunTimeout',
      message: 'BuildRun "builder-xxxxx-buildrun-xxxxx" failed to finish within "10m0s"',
    },
    'is cancelled': {
      state: 'Canceled',
      reason: 'BuildRunCanceled',
      message: 'BuildRun "builder-xxxxx-buildrun-xxxxx" was cancelled',
    },
    SpecOutputSecretRefNotFound: registration('SpecOutputSecretRefNotFound'),
    SpecSourceSecretRefNotFound: registration('SpecSourceSecretRefNotFound'),
    ClusterBuildStrategyNotFound: registration('ClusterBuildStrategyNotFound'),
    BuildStrategyNotFound: registration('BuildStrategyNotFound'),
    UndefinedParameter: registration('UndefinedParameter'),
  };

  test.each(Object.entries(fates))('because its fate is "%s" says so', async (fate, expected) => {
    const { apply, pass, status, states } = await simulate({
      scenario: { fates: { f: { build: fate as BuildFate } } },
    });
    await apply(specs.built);
    pass();
    const { message, ...build } = status('build') as Record<string, string>;
    const { state } = expected as { state: string };
    expect({ ...build, message: masked(message ?? '') }).toMatchObject(expected);
    expect(states.at(-1)).toBe(`${state}, -`);
    expect(build).not.toHaveProperty('lastSuccessfulResourceRef');
  });

  test('by a fate of another function does not', async () => {
    const { apply, pass, status } = await simulate({ scenario: { fates: { other: { build: 'step fails' } } } });
    await apply(specs.buildOnly);
    pass();
    expect(status('build', 'state')).toBe('Succeeded');
  });

  test('stays with its Builder, BuildRun and pod', async () => {
    const simulation = await simulate({ scenario: { fates: { '*': { build: 'step fails' } } } });
    await simulation.apply(specs.buildOnly);
    simulation.pass();
    expect(conditionOf(simulation)).toMatchObject([{ type: 'Succeeded', status: 'False', reason: 'Failed' }]);
    expect(valueAt(simulation.only(pods), ['status', 'phase'])).toBe('Failed');
    expect(valueAt(simulation.only(pods), ['status', 'containerStatuses'])).toMatchObject([
      { name: 'step-source-default', state: { terminated: { exitCode: 0 } } },
      { name: 'step-prepare', state: { terminated: { exitCode: 0 } } },
      { name: 'step-create', state: { terminated: { exitCode: 1, reason: 'Error' } } },
      { name: 'step-results', state: { running: {} } },
    ]);
    expect(eventsOf(simulation, 'Function').at(-1)).toMatch(/^Warning BuildFailed: buildrun step step-create failed/);
  });

  test('is not tried again, until its Builder is deleted', async () => {
    const { apply, pass, all, only, request, status } = await simulate({
      scenario: { fates: { '*': { build: 'step fails' } } },
    });
    await apply(specs.buildOnly);
    pass();
    await apply(specs.buildOnly);
    pass();
    const { name } = only(builders).metadata;
    await request('DELETE', `${functionPath().replace('functions', 'builders')}/${name}`);
    pass();
    expect(only(builders).metadata.name).not.toBe(name);
    expect([all(builders).length, status('build', 'state')]).toEqual([1, 'Failed']);
  });

  test('is tried again for ever where no failed one may stay', async () => {
    const simulation = await simulate({ scenario: { fates: { '*': { build: 'step fails' } } } });
    await simulation.apply(withBuild({ failedBuildsHistoryLimit: 0 }));
    simulation.pass(10_000);
    const started = eventsOf(simulation, 'Function').filter((event) => event.includes('BuildStarted'));
    expect(started.length).toBeGreaterThan(3);
  });

  test('hangs when it never ends', async () => {
    const { apply, pass, states } = await simulate({ scenario: { fates: { '*': { build: 'hangs' } } } });
    await apply(specs.buildOnly);
    pass(3_600_000);
    expect(states).toEqual(['-, -', 'Created, -', 'Building, -']);
  });

  test('ends at its own timeout', async () => {
    const { apply, pass, status, states } = await simulate({ scenario: { fates: { '*': { build: 'hangs' } } } });
    await apply(withBuild({ timeout: '2m' }));
    pass(119_000);
    expect(states.at(-1)).toBe('Building, -');
    pass(2000);
    expect(status('build')).toMatchObject({
      state: 'Timeout',
      reason: 'BuildRunTimeout',
      message: expect.stringMatching(/failed to finish within "2m0s"$/) as string,
    });
  });

  test('gives no reasons in release 1.0, but its Builder does', async () => {
    const { apply, pass, status, only } = await simulate({ openfunction: '1.0' });
    await apply(olderSpecs.built);
    pass();
    expect(Object.keys(status('build') as object).sort()).toEqual(['resourceHash', 'resourceRef', 'state']);
    expect(only(builders)['status']).toMatchObject({ state: 'Failed', reason: 'BuildRegistrationFailed' });
    expect(only(builders)['status']).not.toHaveProperty('message');
  });
});

describe('what Shipwright finds missing by itself', () => {
  const strategy = (name: string, kind?: string): object => ({
    shipwright: { strategy: { name, ...(kind && { kind }) } },
  });
  const withoutSecret = { srcRepo: { ...specs.buildOnly.build.srcRepo, credentials: { name: 'git-secret' } } };

  test.each<[string, object, string]>([
    [
      'the Secret to push with',
      { ...specs.buildOnly, imageCredentials: { name: 'push' } },
      'SpecOutputSecretRefNotFound',
    ],
    ['the Secret of the source', withBuild(withoutSecret), 'SpecSourceSecretRefNotFound'],
    ['a strategy', withBuild(strategy('mine', 'ClusterBuildStrategy')), 'ClusterBuildStrategyNotFound'],
    ['a strategy of the namespace', withBuild(strategy('mine', 'BuildStrategy')), 'BuildStrategyNotFound'],
    ['a strategy without its kind', withBuild(strategy('buildah')), 'BuildStrategyNotFound'],
  ])('%s', async (_title, spec, reason) => {
    const { apply, pass, status, only } = await simulate();
    await apply(spec);
    pass();
    expect(status('build', 'message')).toMatch(new RegExp(`, reason: ${reason}$`));
    expect(only('builds.shipwright.io')['status']).toEqual({ registered: 'False', reason });
  });

  test('not what is there', async () => {
    const { apply, pass, status, request } = await simulate();
    await request('POST', '/api/v1/namespaces/default/secrets', { metadata: { name: 'git-secret' } });
    await request('POST', '/apis/shipwright.io/v1alpha1/namespaces/default/buildstrategies', {
      apiVersion: 'shipwright.io/v1alpha1',
      kind: 'BuildStrategy',
      metadata: { name: 'mine' },
    });
    await apply(withBuild({ ...withoutSecret, ...strategy('mine') }));
    pass();
    expect(status('build', 'state')).toBe('Succeeded');
  });

  test('a Secret that comes later does not help', async () => {
    const { apply, pass, status, request } = await simulate();
    await apply({ ...specs.buildOnly, imageCredentials: { name: 'push' } });
    pass();
    await request('POST', '/api/v1/namespaces/default/secrets', { metadata: { name: 'push' } });
    pass();
    expect(status('build', 'state')).toBe('Failed');
  });
});

describe('what builds again', () => {
  /** Whether a change of the spec makes another build, in the hash and in fact. */
  async function buildsAgain(release: '1.0' | '1.2', before: object, after: object): Promise<boolean> {
    const { apply, pass, status, request } = await simulate({ openfunction: release });
    await request('POST', '/api/v1/namespaces/default/secrets', { metadata: { name: 'push-secret' } });
    await apply(before);
    pass();
    const hash = status('build', 'resourceHash');
    const name = status('build', 'resourceRef');
    await apply(after);
    pass();
    const isOther = status('build', 'resourceRef') !== name;
    expect(status('build', 'resourceHash') !== hash).toBe(isOther);
    return isOther;
  }
  const changed = (changes: object): object => ({ ...specs.built, ...changes });
  const build = (changes: object): object => changed({ build: { ...specs.built.build, ...changes } });

  test.each<[string, object, boolean]>([
    ['nothing', {}, false],
    ['the version', changed({ version: 'v2.0.0' }), false],
    ['the serving', changed({ serving: { ...specs.built.serving, params: { A: '1' } } }), false],
    ['the limits', build({ successfulBuildsHistoryLimit: 3, failedBuildsHistoryLimit: 3, builderMaxAge: '1h' }), false],
    ['the timeout', build({ timeout: '5m' }), false],
    ['the image', changed({ image: 'example.com/f:v2' }), true],
    ['the source', build({ srcRepo: { url: 'https://example.com/other.git' } }), true],
    ['the environment', build({ env: { A: '1' } }), true],
  ])('of release 1.2: %s', async (_title, after, expected) => {
    expect(await buildsAgain('1.2', specs.built, { ...specs.built, ...after })).toBe(expected);
  });

  test.each<[string, object, boolean]>([
    ['nothing', {}, false],
    ['the serving', { serving: { ...olderSpecs.built.serving, params: { A: '1' } } }, false],
    ['the timeout', { build: { ...olderSpecs.built.build, timeout: '5m' } }, true],
    ['the port', { port: 3000 }, true],
  ])('of release 1.0: %s', async (_title, changes, expected) => {
    expect(await buildsAgain('1.0', olderSpecs.built, { ...olderSpecs.built, ...changes })).toBe(expected);
  });

  test('a newer spec cancels the build that runs', async () => {
    const simulation = await simulate();
    const { apply, pass, all, status } = simulation;
    await apply(specs.buildOnly);
    pass(whileBuilding);
    const first = status('build', 'resourceRef');
    await apply({ ...specs.buildOnly, image: 'example.com/f:v2' });
    pass(whileBuilding);
    expect(
      all(builders)
        .map(({ metadata, status: state }) => [metadata.name === first, valueAt(state, ['state'])])
        .sort(),
    ).toEqual([
      [false, 'Building'],
      [true, 'Canceled'],
    ]);
    const conditions = all(buildRuns).flatMap((buildRun) => valueAt(buildRun, ['status', 'conditions']) ?? []);
    expect(conditions).toEqual([
      { type: 'Succeeded', status: 'False', reason: 'BuildRunCanceled', message: 'the BuildRun is marked canceled' },
    ]);
    pass();
    expect(status('build', 'state')).toBe('Succeeded');
    expect(all(pods)).toEqual([]);
  });

  test('while it builds again, the function keeps saying that it runs', async () => {
    const { apply, pass, status, states } = await simulate();
    await apply(specs.built);
    pass();
    const serving = status('serving', 'resourceRef');
    states.length = 0;
    await apply({ ...specs.built, image: 'example.com/f:v2' });
    pass(whileBuilding);
    expect(status('serving')).toMatchObject({ state: 'Running', resourceRef: serving });
    pass();
    expect(states).toEqual([
      'Succeeded, Running',
      'Created, Running',
      'Building, Running',
      'Succeeded, Created',
      'Succeeded, Starting',
      'Succeeded, Running',
    ]);
    expect(status('serving', 'resourceRef')).not.toBe(serving);
  });

  test('a function whose build is taken away keeps the digest of its last image', async () => {
    const { apply, pass, status, only } = await simulate();
    await apply(specs.built);
    pass();
    const digest = String(status('revision', 'imageDigest'));
    await apply({ ...specs.http, image: 'example.com/other:v1' });
    pass();
    expect(status('build')).toEqual({ state: 'Skipped', resourceHash: '14903236521345556383' });
    expect(valueAt(only(servings), ['spec', 'image'])).toBe(`example.com/other:v1@${digest}`);
  });
});
