import { valueAt, type JsonRecord } from '../../../src/record';
import type { KubeObject } from '../objects';
import { readObject } from '../operations/read';
import type { Call } from './call';
import { openStream, sendFailure } from './exchange';
import { kubeletOf, proxyLog } from './kubelet';
import { checkLog, sendLog } from './log';
import { representObject, type View } from './representation';
import { watch } from './watch';

/** Sends what changes, until the client leaves. */
export function streamWatch({ state, exchange, address, query, view }: Call): void {
  const stop = watch(state, { address, query, represent: eventForm(view) }, () =>
    openStream(exchange, 'application/json'),
  );
  exchange.response.on('close', stop);
}

/** Objects as they stand in events; of tables only the first names the columns. */
function eventForm(view: View): (object: KubeObject) => JsonRecord {
  let isFirst = true;
  return (object) => {
    const seen = representObject(view, object);
    const isBare = view.form === 'table' && !isFirst;
    isFirst = false;
    return isBare ? { ...seen, columnDefinitions: null } : seen;
  };
}

/** Sends the log of a container of a pod; one that runs nowhere has none. */
export function streamLog(call: Call): void {
  const { state, logs, exchange, address } = call;
  const { response } = exchange;
  const query = toKubelet(call.query);
  const pod = readObject(state, address);
  const container = checkLog(pod, query);
  if (valueAt(pod, ['spec', 'nodeName']) === undefined) return void response.writeHead(204).end();
  const kubelet = kubeletOf(state, pod);
  if (kubelet !== undefined) {
    proxyLog(kubelet, pod, container, query, response).catch((error: unknown) => sendFailure(response, error));
    return;
  }
  const stop = sendLog(logs, pod, container, query, state.clock.now(), () => openStream(exchange, 'text/plain'));
  response.on('close', stop);
}

/** Kubelets are handed times without their fractions. */
function toKubelet(query: URLSearchParams): URLSearchParams {
  const handed = new URLSearchParams(query);
  const time = query.get('sinceTime');
  if (time) handed.set('sinceTime', wholeSecond(time));
  return handed;
}

function wholeSecond(time: string): string {
  const second = Math.floor(Date.parse(time) / 1000);
  return new Date(second * 1000).toISOString().replace('.000Z', 'Z');
}
