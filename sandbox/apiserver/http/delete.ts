import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../objects';
import type { ObjectAddress } from '../operations/cluster';
import { deleteObject, type DeleteOptions } from '../operations/delete';
import { parseJson } from './body';
import type { Call } from './call';
import { sendJson } from './exchange';
import { listPage } from './list';
import { representList } from './representation';

export function removeOne(call: Call): void {
  const { state, address, exchange } = call;
  const { object, gone } = deleteObject(state, address, readDeleteOptions(call));
  const isShown = !gone || shownWhenGone.has(address.type.plural);
  sendJson(exchange.response, 200, isShown ? object : goneStatus(address, object));
}

export function removeAll(call: Call): void {
  const { state, address, exchange, query, view } = call;
  const { items, metadata } = listPage(state, address, query);
  const options = readDeleteOptions(call);
  const deleted = items.map(({ metadata: { namespace = '', name } }) =>
    deleteObject(state, { ...address, namespace, name }, options),
  );
  const objects = deleted.map(({ object }) => object);
  sendJson(exchange.response, 200, representList(view, objects, metadata));
}

/** Options come in the query or in the body. */
function readDeleteOptions({ query, body }: Call): DeleteOptions {
  const { dryRun = [], ...sent } = (body === '' ? {} : parseJson(body)) as SentOptions;
  const policy = query.get('propagationPolicy') as DeleteOptions['propagationPolicy'] | null;
  const grace = query.get('gracePeriodSeconds');
  return {
    ...sent,
    ...(policy && { propagationPolicy: policy }),
    ...(grace && { gracePeriodSeconds: Number(grace) }),
    dryRun: [...query.getAll('dryRun'), ...dryRun].includes('All'),
  };
}

type SentOptions = Omit<DeleteOptions, 'dryRun'> & { dryRun?: string[] };

/** Types whose objects are shown once more when they are gone. */
const shownWhenGone = new Set(['pods', 'services', 'namespaces', 'serviceaccounts']);

function goneStatus({ type, name }: ObjectAddress, { metadata }: KubeObject): JsonRecord {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...(type.group && { group: type.group }), kind: type.plural, uid: metadata.uid },
  };
}
