import type { Bench } from '../bench';
import { ms, times, verdict } from '../harness/format';
import { interleave, type Candidate } from '../harness/interleave';
import { difference, ratio, summarize } from '../harness/statistics';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import { startRelay } from '../relay';
import { createClientNode, runBareNode } from '../tools/client-node';
import { createKubectl } from '../tools/kubectl';
import { createPlace } from '../tools/place';
import { createS } from '../tools/s';
import type { Action, Tool } from '../tools/tool';
import { toManifests } from '../workload';

/** What is measured of a function's life; each step finds what the one before it left. */
const steps = [
  { what: 'deploy, create', action: 'deploy', before: 'clear' },
  { what: 'deploy, unchanged', action: 'deploy', before: 'nothing' },
  { what: 'deploy, update', action: 'deploy', before: 'change' },
  { what: 'plan, update', action: 'plan', before: 'change' },
  { what: 'remove', action: 'remove', before: 'fill' },
] as const satisfies readonly { what: string; action: Action; before: 'nothing' | 'clear' | 'fill' | 'change' }[];
type Step = (typeof steps)[number];

/**
 * How many functions, over what way, and how often: usually and with `--quick`, where 0 is not at all.
 * `coarse` leaves out updates, which cost what an unchanged deploy does, and client-node but for one deploy.
 */
const settings = [
  { functions: 1, roundTrip: 0, usual: 7, quick: 3, coarse: false },
  { functions: 1, roundTrip: 50, usual: 5, quick: 3, coarse: false },
  { functions: 10, roundTrip: 0, usual: 3, quick: 1, coarse: false },
  { functions: 10, roundTrip: 50, usual: 2, quick: 1, coarse: false },
  { functions: 100, roundTrip: 0, usual: 1, quick: 1, coarse: true },
  { functions: 100, roundTrip: 50, usual: 1, quick: 0, coarse: true },
];

/** The tools, all working over the same way. */
interface Tools {
  empty: Tool;
  ofn: Tool;
  kubectl: Tool | undefined;
  clientNode: Tool | undefined;
  /** Milliseconds of a Node process that does nothing. */
  bareNode: () => Promise<number>;
}

/** The own time of ofn beside that of others who do the same. */
export async function* time(bench: Bench): AsyncGenerator<Table> {
  const waysMeasured = new Map<number, Tools>();
  for (const { functions, roundTrip, usual, quick, coarse } of settings) {
    const repetitions = bench.repetitions(usual, quick);
    if (bench.options.quick && quick === 0) continue;
    const tools = waysMeasured.get(roundTrip) ?? (await prepareTools(bench, roundTrip));
    waysMeasured.set(roundTrip, tools);
    const rows: string[][] = [];
    for (const step of steps) {
      if (coarse && step.what === 'deploy, update') continue;
      const slow = coarse && step.what !== 'deploy, create';
      bench.progress(`time: ${functions} functions, ${roundTrip} ms, ${step.what}`);
      rows.push(
        ...(await measureStep(bench, slow ? { ...tools, clientNode: undefined } : tools, step, functions, repetitions)),
      );
    }
    yield {
      title: `Time: ${functions} ${functions === 1 ? 'function' : 'functions'}, round trip ${roundTrip} ms`,
      note: `Own time of ofn: s with ofn less s with an empty component. Medians of ${repetitions}; ratios with the least and the most.`,
      columns: ['command', 'ofn (ms)', 'other way', 'other (ms)', 'ofn : other', 'limit'],
      rows,
    };
  }
}

async function prepareTools(bench: Bench, roundTrip: number): Promise<Tools> {
  const { components, kubectl, server } = bench;
  const url = roundTrip === 0 ? server.server : (await startRelay(server.server, roundTrip)).url;
  const place = (name: string) => createPlace(bench, name, url);
  const clientNodePlace = await place('client-node');
  const tools: Tools = {
    empty: createS(await place('empty'), components.empty),
    ofn: createS(await place('ofn'), components.ofn),
    kubectl: kubectl && createKubectl(kubectl, await place('kubectl')),
    clientNode: createClientNode(clientNodePlace),
    bareNode: () => runBareNode(clientNodePlace),
  };
  // So that all have read their files once, and kubectl knows the server.
  for (const tool of [tools.empty, tools.ofn, tools.clientNode, tools.kubectl]) {
    await tool?.write(1, 0);
    await tool?.run('deploy');
  }
  return tools;
}

/** Goes up so that each change is one, also from one step to the next. */
let revision = 0;

async function measureStep(
  { cluster }: Bench,
  tools: Tools,
  { what, action, before }: Step,
  functions: number,
  repetitions: number,
): Promise<string[][]> {
  const candidateOf = (tool: Tool): Candidate<number> => ({
    prepare: async () => {
      if (before === 'clear') await cluster.clear(tool.namespace);
      if (before === 'fill') await cluster.fill(tool.namespace, toManifests(tool.namespace, functions, revision));
      if (before !== 'nothing') await tool.write(functions, (revision += 1));
    },
    measure: async () => (await tool.run(action)).milliseconds,
  });
  const samples = await interleave<string, number>(
    {
      empty: candidateOf(tools.empty),
      ofn: candidateOf(tools.ofn),
      ...(tools.kubectl && { kubectl: candidateOf(tools.kubectl) }),
      ...(action === 'deploy' &&
        tools.clientNode && { node: { measure: tools.bareNode }, clientNode: candidateOf(tools.clientNode) }),
    },
    repetitions,
  );

  const { empty = [], ofn = [], kubectl, clientNode, node } = samples;
  const own = difference(ofn, empty);
  const row = (other: string, others: readonly number[], limit?: number): string[] => {
    const ratios = summarize(ratio(own, others));
    return [
      what,
      ms(summarize(own).median),
      other,
      ms(summarize(others).median),
      times(ratios),
      limit === undefined ? '' : verdict(ratios.median, '≤', limit),
    ];
  };
  return [
    ...(kubectl
      ? [row(kubectlCommands[action], kubectl, what === 'deploy, unchanged' ? limits.unchangedToKubectl : undefined)]
      : []),
    ...(clientNode && node
      ? [
          row('client-node, whole process', clientNode),
          row('client-node, less bare Node', difference(clientNode, node)),
        ]
      : []),
    ...((kubectl ?? clientNode) ? [] : [[what, ms(summarize(own).median), 'kubectl is absent', '-', '-', '']]),
  ];
}

const kubectlCommands = {
  deploy: 'kubectl apply --server-side',
  plan: 'kubectl diff --server-side',
  remove: 'kubectl delete --cascade=foreground',
};
