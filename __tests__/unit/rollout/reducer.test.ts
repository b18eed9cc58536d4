import {
  answered, blind, buildRun, deployment, fn, goal, goalOfChange, gone, object, play, pod, running, seconds, seen, specs, status,
  terminated, told, waiting, warning, type Parts, type Timeline } from './situation'; // prettier-ignore
import type { Goal } from '../../../src/rollout/state';

const applied = (spec: object, parts: object = {}): ReturnType<typeof fn> =>
  fn(spec, undefined, { version: 10, ...parts });
const http = goal(applied(specs.http));
const async = goal(applied(specs.async));
const built = goal(applied(specs.built));
const addresses = { addresses: [{ type: 'External', value: 'http://hello' }] };

const http1 = (...states: Parameters<typeof status>): Timeline => seen('functions', fn(specs.http, status(...states)));
const async1 = (...states: Parameters<typeof status>): Timeline =>
  seen('functions', fn(specs.async, status(...states)));
const built1 = (...states: Parameters<typeof status>): Timeline =>
  seen('functions', fn(specs.built, status(...states)));
const ready = pod([{ ready: true, state: running }]);
const asyncReady = [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1)), ...seen('pods', ready)];

describe('a new function', () => {
  test.each<[string, Goal, Timeline, string]>([
    ['of which nothing is seen yet', http, [], 'waiting'],
    ['that the controller has noticed', http, http1(''), 'waiting'],
    ['whose Serving is made', http, http1('Skipped', 'Created'), 'starting'],
    ['that starts', http, http1('Skipped', 'Starting'), 'starting'],
    ['called by HTTP that has no address yet', http, http1('Skipped', 'Running'), 'starting'],
    ['called by HTTP that runs', http, http1('Skipped', 'Running', addresses), 'running'],
    ['called by HTTP that gets no address', http, [...http1('Skipped', 'Running'), 5 * seconds], 'running'],
    ['called by HTTP, of OpenFunction 0.6', http, http1('Skipped', 'Running', { url: 'http://hello' }), 'running'],
    ['without events, called Running, of which no workload is seen', async, async1('Skipped', 'Running'), 'starting'],
    [
      'whose pods are not ready',
      async,
      [...async1('Skipped', 'Running'), ...seen('workloads', deployment(0))],
      'starting',
    ],
    ['whose pod has just become ready', async, asyncReady, 'starting'],
    ['whose pod is ready for a while', async, [...asyncReady, 2 * seconds], 'running'],
  ])('%s', (_title, target, timeline, expected) => {
    expect(told(target, timeline)).toBe(expected);
  });

  test('that has no address says so', () => {
    expect(play(http, [...http1('Skipped', 'Running'), 5 * seconds]).report.notes).toEqual([
      'It has no address: OpenFunction makes one when there is a Gateway.',
    ]);
  });

  test('says what goes on', () => {
    const progress = (timeline: Timeline): string => play(async, timeline).report.progress;
    expect(progress([])).toBe('waiting for OpenFunction');
    expect(progress(async1('Skipped', 'Created'))).toBe('starting (serving-new)');
    expect(progress([...async1('Skipped', 'Running'), ...seen('workloads', deployment(1, { wanted: 3 }))])).toBe(
      'starting (serving-new): 1 of 3 pods ready',
    );
    expect(play(built, built1('Building')).report.progress).toBe('building (builder-new)');
  });
});

describe('a build', () => {
  const over = (state: string, more: object = {}): Timeline => built1(state, undefined, { build: more });
  test.each<[string, Goal, Timeline, string]>([
    ['that is to begin', built, built1(''), 'waiting'],
    ['that is all that is waited for', { ...built, until: 'built' }, over('Succeeded'), 'built'],
    ['that is made', built, built1('Created'), 'building'],
    ['that goes on', built, [...built1('Building'), ...seen('builds', buildRun({ status: 'Unknown' }))], 'building'],
    ['that waits for room', built, [...built1('Building'), ...seen('builds', buildRun({ status: 'Unknown', message: 'pod is Pending' }))], 'building: The build waits.'],
    ['whose BuildRun does not come', built, [...built1('Created'), 30 * seconds], 'failed: The build does not begin.'],
    ['whose BuildRuns may not be seen', built, [...built1('Created'), blind('builds'), 30 * seconds], 'building'],
    ['without Shipwright', built, [...built1('Created'), blind('builds', 'unknown type')], 'failed: The cluster has no Shipwright, which builds images.'],
    ['that failed', built, over('Failed', { reason: 'Failed', message: 'no reason' }), 'failed: The build failed.'],
    ['that failed in a step', built, over('Failed', { message: 'buildrun step step-create failed in pod p-pod, for detailed information: x' }), 'failed: The step step-create of the build failed.'],
    ['that timed out', built, over('Timeout', { reason: 'BuildRunTimeout' }), 'failed: The build took too long.'],
    ['that was cancelled', built, over('Canceled', { reason: 'BuildRunCanceled' }), 'failed: Somebody, or a newer deploy, cancelled the build.'],
    ['without its Secret', built, over('Failed', { reason: 'BuildRegistrationFailed', message: 'reason: SpecOutputSecretRefNotFound' }), 'failed: The Secret to push the image with does not exist.'],
    ['of OpenFunction 1.0, whose BuildRun tells why', built, [...over('Failed'), ...seen('builds', buildRun({ status: 'False', reason: 'BuildRunTimeout', message: 'too long' }))], 'failed: The build took too long.'],
    ['that is done, the serving to come', built, built1('Succeeded'), 'starting'],
    ['that is done, the serving made', built, built1('Succeeded', 'Created'), 'starting'],
    ['of a function that is only built', goal(applied(specs.buildOnly)), seen('functions', fn(specs.buildOnly, status('Succeeded', 'Skipped'))), 'built'],
  ])('%s', (_title, target, timeline, expected) => {
    expect(told(target, timeline)).toBe(expected);
  }); // prettier-ignore

  test('that failed is explained by the log of its step', () => {
    const failed = over('Failed', { reason: 'Failed' });
    const told = seen(
      'builds',
      buildRun({ status: 'False' }, { failureDetails: { location: { pod: 'p', container: 'step-create' } } }),
    );
    const { report } = play(built, [...failed, ...told]);
    expect(report.questions).toEqual([
      { key: 'build builder-new', source: { pod: 'p', container: 'step-create', previous: false } },
    ]);
    const log = answered(
      'build builder-new',
      'npm ERR! code ENOTFOUND',
      'npm ERR! network request to https://u:p@r/ failed',
    );
    expect(play(built, [...failed, ...told, log]).report.reasons[0]).toMatchObject({
      what: 'The npm registry cannot be reached from the build.',
      where: { kind: 'Pod', name: 'p', container: 'step-create' },
      log: ['npm ERR! code ENOTFOUND', 'npm ERR! network request to https://<redacted>@r/ failed'],
    });
  });

  test('that failed before, and nothing changed: how to build again', () => {
    const same = {
      ...built,
      baseline: { builder: 'builder-new', serving: '' },
      isChanged: false,
      expected: { build: 'same', serving: 'same', unseen: [] } as const,
    };
    const { report } = play(same, over('Failed', { reason: 'Failed' }));
    expect(report.verdict).toBe('failed');
    expect(report.reasons[0]?.remedy).toContain('deploy with --force-rollout');
  });
});

describe('a changed function', () => {
  const old = { build: { resourceRef: 'builder-old' }, serving: { resourceRef: 'serving-old' } };
  const before = (spec: object, states = status('Succeeded', 'Running', old)): ReturnType<typeof fn> =>
    fn(spec, states, { version: 5 });
  const after = (spec: object): ReturnType<typeof fn> => applied(spec, { generation: 2, status: before(spec).status });
  const next = { ...specs.built, image: 'r/hello:v2' };
  const change = goalOfChange(before(specs.built), after(next));
  const at = (...states: Parameters<typeof status>): Timeline =>
    seen('functions', fn(next, status(...states), { generation: 2 }));
  const nextHttp = { ...specs.http, version: 'v2' };
  const reserved = goalOfChange(
    before(specs.http, status('Skipped', 'Running', { serving: old.serving })),
    after(nextHttp),
  );
  const labelled = goalOfChange(
    before(specs.http, status('Skipped', 'Running', { serving: old.serving })),
    after(specs.http),
  );

  test.each<[string, Goal, Timeline, string]>([
    ['still shows its old state', change, at('Succeeded', 'Running', old), 'waiting'],
    ['is reset', change, at('', 'Running', { serving: old.serving }), 'waiting'],
    ['builds while the old one runs', change, at('Building', 'Running', { serving: old.serving }), 'building'],
    ['is built while the old one runs', change, at('Succeeded', 'Running', { serving: old.serving }), 'starting'],
    ['has a new Serving', change, at('Succeeded', 'Created'), 'starting'],
    ['is served anew without a build: the old state', reserved, http1('Skipped', 'Running', { serving: old.serving, ...addresses }), 'waiting'],
    ['is served anew without a build', reserved, http1('Skipped', 'Running', addresses), 'running'],
    ['is changed in a way that nothing has to be made for', labelled, http1('Skipped', 'Running', { serving: old.serving, ...addresses }), 'running'],
    ['is not taken up by anybody', change, [...at('Succeeded', 'Running', old), 30 * seconds], 'stuck: OpenFunction has not taken up the change within 30 s.'],
    ['is reset and then left alone', change, [...at('', 'Running', { serving: old.serving }), 30 * seconds], 'stuck: OpenFunction has not taken up the change within 30 s.'],
  ])('%s', (_title, target, timeline, expected) => {
    expect(told(target, timeline)).toBe(expected);
  }); // prettier-ignore

  test('pods and workloads of the old Serving count for nothing', () => {
    const oldLabels = { 'openfunction.io/serving': 'serving-old' };
    const crashing = pod([{ state: waiting('CrashLoopBackOff'), restartCount: 9 }], { name: 'old', labels: oldLabels });
    const timeline = [
      ...asyncReady,
      ...seen('pods', crashing),
      ...seen('workloads', deployment(0, { name: 'old', labels: oldLabels })),
      2 * seconds,
    ];
    expect(told(async, timeline)).toBe('running');
  });
});

describe('where it is not known what a change brings', () => {
  const unsure = {
    ...http,
    expected: { build: 'maybe', serving: 'maybe', unseen: [] } as const,
    baseline: { builder: '', serving: 'serving-new' },
  };
  const runs = http1('Skipped', 'Running', addresses);
  test('the old state counts after a while', () => {
    expect(told(unsure, runs)).toBe('waiting');
    expect(play(unsure, runs).report.wakeAt).toBe(5 * seconds);
    expect(told(unsure, [...runs, 5 * seconds])).toBe('running');
  });

  test('a new one counts at once', () => {
    expect(told({ ...unsure, baseline: { builder: '', serving: 'serving-old' } }, runs)).toBe('running');
  });
});

describe('an unchanged function', () => {
  const same = { build: 'same', serving: 'same', unseen: [] } as const;
  const runningHttp = fn(specs.http, status('Skipped', 'Running'), { version: 10 });
  test('that runs needs no look where the answer tells all', () => {
    expect(told(goal(runningHttp, { expected: same, isChanged: false, isComplete: true }), [])).toBe('running');
  });

  test('is looked at where the answer does not', () => {
    const target = goal(runningHttp, { expected: same, isChanged: false });
    expect(play(target, []).report.verdict).toBeUndefined();
    expect(told(target, seen('functions', runningHttp))).toBe('running');
  });

  test('what others have seen of it before does not count', () => {
    const target = goal(runningHttp, { expected: same, isChanged: false });
    const older = fn(specs.http, status('Skipped', 'Failed'), { version: 9 });
    expect(play(target, seen('functions', older)).report.verdict).toBeUndefined();
  });
});

describe('a Serving', () => {
  test.each<[string, Timeline, string]>([
    ['that says nothing of itself', [...async1('Skipped', 'Created'), 30 * seconds], 'failed: OpenFunction cannot make what the function needs, and does not say why.'],
    ['that says nothing for a moment', [...async1('Skipped', 'Created'), 29 * seconds], 'starting'],
    ['that failed just now', async1('Skipped', 'Failed', { serving: { message: 'x' } }), 'starting: The function does not start.'],
    ['that has failed for a while', [...async1('Skipped', 'Failed', { serving: { message: 'x' } }), 15 * seconds], 'failed: The function does not start.'],
    ['that timed out', async1('Skipped', 'Timeout'), 'failed: The function did not start within its serving.timeout.'],
    ['that has no workload', [...async1('Skipped', 'Running'), 30 * seconds], 'failed: The function is called Running, but has no workload.'],
  ])('%s', (_title, timeline, expected) => {
    expect(told(async, timeline)).toBe(expected);
  }); // prettier-ignore

  test('that says nothing is asked of the log of the controller', () => {
    const silent = [...async1('Skipped', 'Created'), 30 * seconds];
    expect(play(async, silent).report.questions).toEqual([
      { key: 'controller', source: undefined, about: 'serving-new' },
    ]);
    const log = answered(
      'controller',
      'ERROR Failed to create Dapr Components no matches for kind "Component" serving-new tcp://me:secret@emqx:1883',
    );
    const [reason] = play(async, [...silent, log]).report.reasons;
    expect(reason).toMatchObject({
      what: 'The cluster has no Dapr.',
      log: [expect.stringContaining('tcp://<redacted>@emqx:1883')],
    });
  });

  test('that failed is explained by Knative where OpenFunction does not', () => {
    const service = object('serving.knative.dev/v1', 'Service', {
      name: 'serving-new-ksvc',
      labels: { 'openfunction.io/serving': 'serving-new' },
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'RevisionFailed', message: 'Unable to fetch image "r": failed to resolve image to digest: GET https://r/v2/: UNAUTHORIZED: authentication required' }] },
    }); // prettier-ignore
    const timeline = [...http1('Skipped', 'Failed'), ...seen('workloads', service), 15 * seconds];
    expect(play(http, timeline).report).toMatchObject({
      verdict: 'failed',
      progress: 'starting (serving-new)',
      reasons: [
        {
          what: 'The registry refuses access to the image, or has no such image.',
          where: { kind: 'Service', name: 'serving-new-ksvc' },
          message: 'RevisionFailed: UNAUTHORIZED: authentication required',
        },
      ],
    });
    const fine = object('serving.knative.dev/v1', 'Service', { labels: { 'openfunction.io/serving': 'serving-new' } });
    expect(told(http, [...http1('Skipped', 'Failed'), ...seen('workloads', fine)])).toBe(
      'starting: The function does not start.',
    );
  });

  test('that timed out names its limit', () => {
    const spec = { ...specs.async, serving: { ...specs.async.serving, timeout: '90s' } };
    expect(told(goal(applied(spec)), seen('functions', fn(spec, status('Skipped', 'Timeout'))))).toBe(
      'failed: The function did not start within its serving.timeout of 90s.',
    );
  });
});

describe('a workload', () => {
  const job = (state: object): Timeline => [
    ...async1('Skipped', 'Running'),
    ...seen(
      'workloads',
      object('batch/v1', 'Job', { labels: { 'openfunction.io/serving': 'serving-new' }, status: state }),
    ),
  ];
  const set = (state: object): Timeline => [
    ...async1('Skipped', 'Running'),
    ...seen(
      'workloads',
      object('apps/v1', 'StatefulSet', {
        labels: { 'openfunction.io/serving': 'serving-new' },
        spec: {},
        status: state,
      }),
    ),
  ];
  const proxy = (available: number): ReturnType<typeof deployment> =>
    deployment(available, { name: 'proxy', labels: { 'openfunction.io/proxy': 'serving-new' } });

  test.each<[string, Timeline, string]>([
    ['a Deployment that is scaled to zero', [...async1('Skipped', 'Running'), ...seen('workloads', deployment(0, { wanted: 0 }))], 'running'],
    ['a Deployment whose status is old', [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1, { generation: 2 }))], 'starting'],
    ['a Deployment without any status', [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1, { spec: {}, status: {} }))], 'starting'],
    ['a Job that works', [...job({ active: 1 }), 5 * seconds], 'running'],
    ['a Job that is done', [...job({ succeeded: 1 }), 5 * seconds], 'running'],
    ['a Job that has not begun', [...job({}), 5 * seconds], 'starting'],
    ['a Job that failed', job({ conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] }), 'failed: The job failed.'],
    ['a StatefulSet that is ready', [...set({ observedGeneration: 1, readyReplicas: 1 }), 5 * seconds], 'running'],
    ['a StatefulSet that is not', set({ observedGeneration: 1 }), 'starting'],
    ['a quota that is used up', [...async1('Skipped', 'Running'), ...seen('workloads', deployment(0, { status: { conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'pods "x" is forbidden: exceeded quota: q' }] } }))], 'starting: The quota of the namespace is used up.'],
    ['pods that a policy refuses', [...async1('Skipped', 'Running'), ...seen('workloads', deployment(0, { status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'denied' }] } })), 60 * seconds], 'failed: The pods cannot be created.'],
    ['a proxy of Dapr that is not ready', [...asyncReady, ...seen('workloads', proxy(0)), 5 * seconds], 'starting'],
    ['a proxy of Dapr that is ready', [...asyncReady, ...seen('workloads', proxy(1)), 5 * seconds], 'running'],
  ])('%s', (_title, timeline, expected) => {
    expect(told(async, timeline)).toBe(expected);
  }); // prettier-ignore

  test('scaled to zero is said', () => {
    const timeline = [...async1('Skipped', 'Running'), ...seen('workloads', deployment(0, { wanted: 0 }))];
    expect(play(async, timeline).report.notes).toEqual(['It is scaled to zero: pods start when there is work.']);
  });
});

describe('without the right to look', () => {
  const called = async1('Skipped', 'Running');
  test.each<[string, Timeline, string]>([
    ['at workloads, a ready pod does', [...called, blind('workloads'), ...seen('pods', ready), 2 * seconds], 'running'],
    ['at workloads, no pod is ready yet', [...called, blind('workloads')], 'starting'],
    ['at pods, a ready workload does', [...called, ...seen('workloads', deployment(1)), blind('pods')], 'running'],
    ['at either, the word of OpenFunction does', [...called, blind('workloads'), blind('pods')], 'running'],
  ])('%s', (_title, timeline, expected) => {
    expect(told(async, timeline)).toBe(expected);
  });

  test('it is said once, with the verdict', () => {
    const { report } = play(async, [...called, blind('workloads'), blind('pods')]);
    expect(report.notes).toEqual([
      'Its pods could not be looked at: "running" is what OpenFunction says.',
      'Not allowed to look at workloads, pods: less could be told of what goes wrong.',
    ]);
  });

  test('pods that have not been seen yet are waited for a moment', () => {
    const timeline = [...called, ...seen('workloads', deployment(1))];
    expect(told(async, [...timeline, 4 * seconds])).toBe('starting');
    expect(told(async, [...timeline, 5 * seconds])).toBe('running');
  });
});

describe('steadiness', () => {
  const probed = pod([{ ready: true, state: running }], {
    spec: { containers: [{ name: 'function', readinessProbe: {} }] },
  });
  const begin = [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1))];
  test('is not asked of a pod with a readiness probe', () => {
    expect(told(async, [...begin, ...seen('pods', probed)])).toBe('running');
  });

  test('is not asked of a pod that has run for long', () => {
    const serverTime = Date.parse('2026-01-01T00:01:00Z');
    expect(told({ ...async, serverTime }, [...begin, ...seen('pods', ready)])).toBe('running');
  });

  test('begins anew with each restart', () => {
    const again = pod([{ ready: true, state: running, restartCount: 1 }], { version: 2 });
    expect(told(async, [...asyncReady, 1.5 * seconds, ...seen('pods', again), 2 * seconds])).toBe('starting');
  });
});

describe('the Function itself', () => {
  const at = (parts: Parts): Timeline =>
    seen('functions', fn(specs.http, status('Skipped', 'Running', addresses), parts));
  const managed = (...entries: object[]): Parts => ({ metadata: { managedFields: entries } });
  const own = {
    manager: 'serverless-devs-ofn',
    operation: 'Apply',
    time: '2026-01-01T00:00:00Z',
    fieldsV1: { 'f:spec': {} },
  };
  const target = goal(applied(specs.http, managed(own)));

  test.each<[string, Timeline, string]>([
    ['is deleted', [gone('functions', fn(specs.http))], 'deleted: The function was deleted by somebody else.'],
    ['is being deleted', at({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), 'deleted: The function is being deleted by somebody else.'],
    ['was replaced by another of its name', at({ uid: 'other' }), 'deleted: The function was deleted by somebody else.'],
    ['has another image', seen('functions', fn({ ...specs.http, image: 'other' }, undefined, { generation: 2, ...managed(own) })), 'superseded: Another deploy deployed something else meanwhile.'],
    ['has another version', seen('functions', fn({ ...specs.http, version: 'v9' }, undefined, { generation: 2, ...managed(own) })), 'superseded: Another deploy deployed something else meanwhile.'],
    ['was applied again by ofn', at({ generation: 2, ...managed({ ...own, time: '2026-01-01T00:00:09Z' }) }), 'superseded: Another deploy deployed something else meanwhile.'],
    ['lost a field to somebody', at({ generation: 2, ...managed({ ...own, fieldsV1: {} }, { manager: 'kubectl', operation: 'Update', time: '2026-01-01T00:00:05Z' }) }), 'superseded: "kubectl" deployed something else meanwhile.'],
    ['was changed elsewhere by somebody', at({ generation: 2, ...managed(own, { manager: 'kubectl', operation: 'Update', time: '2026-01-01T00:00:05Z' }) }), 'running'],
    ['has a status that somebody writes', at({ generation: 2, ...managed(own, { manager: 'openfunction', operation: 'Update', subresource: 'status' }) }), 'running'],
  ])('%s', (_title, timeline, expected) => {
    expect(told(target, timeline)).toBe(expected);
  }); // prettier-ignore

  test('that was changed elsewhere says by whom', () => {
    const timeline = at({
      generation: 2,
      ...managed(own, { manager: 'kubectl', operation: 'Update', time: '2026-01-01T00:00:05Z' }),
    });
    expect(play(target, timeline).report.notes).toEqual([
      '"kubectl" changed other fields of the function meanwhile; waiting for generation 2.',
    ]);
  });

  test('without a record of fields is only judged by its values', () => {
    expect(told(http, at({ generation: 2 }))).toBe('running');
  });
});

describe('time', () => {
  test('is over at the deadline', () => {
    const target = { ...async, deadline: 60 * seconds };
    expect(told(target, [...async1('Skipped', 'Starting'), 59 * seconds])).toBe('starting');
    expect(told(target, [...async1('Skipped', 'Starting'), 60 * seconds])).toBe('timeout');
    expect(play(target, async1('Skipped', 'Starting')).report.wakeAt).toBe(60 * seconds);
  });

  test('runs out with what is known to be wrong', () => {
    const slow = pod([{ state: running }]);
    const timeline = [...async1('Skipped', 'Starting'), ...seen('pods', slow), ...seen('events', warning(slow, 'Unhealthy', 'Readiness probe failed: 503')), 60 * seconds];
    const { report } = play({ ...async, deadline: 60 * seconds }, timeline);
    expect(report).toMatchObject({ verdict: 'timeout', reasons: [{ what: 'The container runs, but is not ready.', message: 'Readiness probe failed: 503' }] });
  }); // prettier-ignore

  test('a terminated container that ended well is no trouble', () => {
    const done = pod([{ state: terminated('Completed', 0) }]);
    expect(told(async, [...async1('Skipped', 'Starting'), ...seen('pods', done)])).toBe('starting');
  });
});

describe('what an object need not have', () => {
  test('a namespace, a generation, a record of fields with times', () => {
    const bare = (version: number, states?: object): ReturnType<typeof fn> => {
      const full = fn(specs.http, states, { version });
      const { namespace: _namespace, generation: _generation, ...metadata } = full.metadata;
      return { ...full, metadata };
    };
    const failed = seen('functions', bare(100, status('Skipped', 'Failed')));
    expect(play(goal(bare(10)), failed).report.reasons[0]?.remedy).toContain('-n default');
    const managed = [{ manager: 'a', operation: 'Apply' }, { manager: 'b' }];
    const other = fn({ ...specs.http, image: 'x' }, undefined, { generation: 2, metadata: { managedFields: managed } });
    expect(told(goal(bare(10)), seen('functions', other))).toBe('superseded: "a" deployed something else meanwhile.');
  });

  test('a count of restarts', () => {
    const uncounted = pod([{ ready: true, state: running, restartCount: undefined }]);
    const timeline = [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1)), ...seen('pods', uncounted)];
    expect(told(async, [...timeline, 2 * seconds])).toBe('running');
    const crashed = pod([{ state: terminated('Error'), restartCount: undefined }], { version: 2 });
    expect(told(async, [...async1('Skipped', 'Running'), ...seen('pods', crashed)])).toBe(
      'starting: The program ended.',
    );
  });

  test('what a Deployment has observed', () => {
    const { observedGeneration: _observed, ...rest } = deployment(1).status as Record<string, unknown>;
    const timeline = [...async1('Skipped', 'Running'), ...seen('workloads', deployment(1, { status: rest }))];
    expect(told(async, timeline)).toBe('starting');
  });
});
