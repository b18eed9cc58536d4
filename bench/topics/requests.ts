import { followAudit } from '../audit';
import type { Bench } from '../bench';
import { verdict } from '../harness/format';
import type { Table } from '../harness/table';
import { limits } from '../limits';
import { startRelay } from '../relay';
import { createClientNode } from '../tools/client-node';
import { createKubectl } from '../tools/kubectl';
import { createPlace } from '../tools/place';
import { createS } from '../tools/s';
import type { Action, Tool } from '../tools/tool';

interface Step {
  what: string;
  action: Action;
  functions?: number;
  /** Goes up where something changes. */
  revision?: number;
  /** Exactly as many requests, unless `relation` says otherwise. */
  requests?: number;
  relation?: '≤';
  /** Most connections. */
  connections?: number;
}

const { sequential, parallel } = limits.connections;
const { look } = limits.requests;

/** The life of a function; each step finds what the one before it left. */
const life: readonly Step[] = [
  { what: 'remove, absent', action: 'remove', requests: limits.requests.removeAbsent, connections: sequential },
  { what: 'deploy, create', action: 'deploy', requests: look + limits.requests.create, connections: sequential },
  { what: 'deploy, unchanged', action: 'deploy', requests: look + limits.requests.unchanged, connections: sequential },
  {
    what: 'deploy, update',
    action: 'deploy',
    revision: 1,
    requests: look + limits.requests.update,
    connections: sequential,
  },
  { what: 'plan, update', action: 'plan', revision: 2, requests: look + limits.requests.plan, connections: parallel },
  { what: 'info', action: 'info', requests: limits.requests.info, relation: '≤', connections: parallel },
  { what: 'remove', action: 'remove', connections: sequential },
];

const hundred = { functions: 100, requests: look + 100, connections: sequential } as const;
const many: readonly Step[] = [
  { what: 'deploy, create 100', action: 'deploy', ...hundred },
  { what: 'deploy, unchanged 100', action: 'deploy', ...hundred },
  {
    what: 'plan, update 10',
    action: 'plan',
    functions: 10,
    revision: 1,
    requests: look + 10 * limits.requests.plan,
    connections: parallel,
  },
  // Each waits by a watch, and only the end of its connection ends a watch.
  { what: 'remove 10', action: 'remove', functions: 10 },
];

/** The exact numbers of requests and connections of each command. */
export async function* requests(bench: Bench): AsyncGenerator<Table> {
  const { components, kubectl, cluster, server, progress } = bench;
  const relay = await startRelay(server.server, 0);
  const takeRequests = followAudit(server.auditLog);

  const rowsOf = async (name: string, tool: Tool, steps: readonly Step[]): Promise<string[][]> => {
    await cluster.clear(tool.namespace);
    const rows: string[][] = [];
    for (const { what, action, functions = 1, revision = 0, ...expected } of steps) {
      progress(`requests: ${name}, ${what}`);
      await tool.write(functions, revision);
      await Promise.all([takeRequests(), relay.takeConnections()]);
      await tool.run(action);
      const [verbs, connections] = [await takeRequests(), await relay.takeConnections()];
      rows.push([
        name,
        what,
        String(verbs.length),
        count(verbs),
        expected.requests === undefined ? '' : verdict(verbs.length, expected.relation ?? '=', expected.requests),
        String(connections),
        expected.connections === undefined ? '' : verdict(connections, '≤', expected.connections),
      ]);
    }
    return rows;
  };
  const place = (name: string) => createPlace(bench, name, relay.url);
  const withoutLimits = (...actions: Action[]): Step[] =>
    life
      .filter(({ action, what }) => actions.includes(action) && what !== 'remove, absent')
      .map(({ what, action, revision }) => ({ what, action, ...(revision && { revision }) }));

  const rows = await rowsOf('ofn', createS(await place('ofn'), components.ofn), [...life, ...many]);
  if (kubectl) {
    const tool = createKubectl(kubectl, await place('kubectl'));
    await tool.write(1, 0);
    await tool.run('deploy');
    rows.push(...(await rowsOf('kubectl', tool, withoutLimits('deploy', 'plan', 'remove'))));
  }
  rows.push(...(await rowsOf('client-node', createClientNode(await place('client-node')), withoutLimits('deploy'))));

  yield {
    title: 'Requests and connections',
    note: 'As the server has logged them, and as a relay before it has counted them. kubectl knows the server already.',
    columns: ['tool', 'command', 'requests', 'which', 'limit', 'connections', 'limit'],
    rows,
  };
}

/** `GET, 2 PATCH` */
function count(verbs: readonly string[]): string {
  return [...new Set(verbs)]
    .map((verb) => {
      const times = verbs.filter((other) => other === verb).length;
      return times === 1 ? verb : `${times} ${verb}`;
    })
    .join(', ');
}
