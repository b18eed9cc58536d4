import { valueAt, type JsonRecord } from '../../../src/record';
import type { KubeObject } from '../objects';
import { readObject } from '../operations/read';
import type { Call } from './call';
import { openStream } from './exchange';
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
export function streamLog({ state, logs, exchange, address, query }: Call): void {
  const pod = readObject(state, address);
  if (valueAt(pod, ['spec', 'nodeName']) === undefined) {
    checkLog(pod, query);
    exchange.response.writeHead(204).end();
    return;
  }
  const stop = sendLog(logs, pod, query, state.clock.now(), () => openStream(exchange, 'text/plain'));
  exchange.response.on('close', stop);
}
