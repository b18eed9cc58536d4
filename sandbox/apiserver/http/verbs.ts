import { answerReview } from '../access/review';
import { createObject, updateObject } from '../operations/change';
import { finalizeNamespace } from '../operations/namespace-lifecycle';
import { readObject } from '../operations/read';
import type { Written } from '../operations/write';
import { bodyObject, type Call } from './call';
import { removeAll, removeOne } from './delete';
import { sendJson } from './exchange';
import { listPage } from './list';
import { patch } from './patch';
import { representList, representObject } from './representation';
import type { Verb } from './request-info';
import { streamLog, streamWatch } from './streams';

/** How each verb is answered. @throws ApiError what the client did wrong. */
export const verbs: Readonly<Record<Verb, (call: Call) => void>> = {
  get(call) {
    if (call.subresource === 'log') streamLog(call);
    else sendJson(call.exchange.response, 200, representObject(call.view, readObject(call.state, call.address)));
  },
  list({ state, address, query, view, exchange }) {
    const { items, metadata } = listPage(state, address, query);
    sendJson(exchange.response, 200, representList(view, items, metadata));
  },
  watch: streamWatch,
  create(call) {
    const { state, address, exchange, options } = call;
    if (address.type.verbs) {
      sendJson(exchange.response, 201, answerReview(state.store, exchange.user, bodyObject(call)));
    } else sendWritten(call, createObject(state, address, bodyObject(call), options));
  },
  update(call) {
    const { state, address, exchange, options, subresource } = call;
    if (subresource === 'finalize') {
      sendJson(exchange.response, 200, finalizeNamespace(state, address, bodyObject(call)));
    } else sendWritten(call, updateObject(state, address, bodyObject(call), options));
  },
  patch: (call) => sendWritten(call, patch(call)),
  delete: removeOne,
  deletecollection: removeAll,
};

function sendWritten({ exchange, view }: Call, { object, created, warnings }: Written): void {
  const texts = warnings.map((text) => `299 - ${JSON.stringify(text)}`);
  const headers: Record<string, string> = texts.length === 0 ? {} : { Warning: texts.join(', ') };
  sendJson(exchange.response, created ? 201 : 200, representObject(view, object), headers);
}
