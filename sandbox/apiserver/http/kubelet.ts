import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { valueAt } from '../../../src/record';
import { ApiError, badRequest } from '../errors';
import type { KubeObject } from '../objects';
import type { ClusterState } from '../operations/cluster';

/** The kubelet of a Node that has one of its own, as `https://127.0.0.1:PORT`; undefined for the node of the sandbox. */
export function kubeletOf({ store }: ClusterState, pod: KubeObject): string | undefined {
  const node = store.get('nodes.', '', String(valueAt(pod, ['spec', 'nodeName'])));
  const port = valueAt(node, ['status', 'daemonEndpoints', 'kubeletEndpoint', 'Port']);
  const addresses = (valueAt(node, ['status', 'addresses']) ?? []) as { type: string; address: string }[];
  const address = addresses.find(({ type }) => type === 'InternalIP')?.address;
  return port === undefined || address === undefined ? undefined : `https://${address}:${Number(port)}`;
}

/**
 * Passes on what a kubelet answers, as it comes. Kubelets have certificates of their own, which nobody checks by default.
 * @throws ApiError for what the kubelet refuses
 */
export async function proxyLog(
  kubelet: string,
  { metadata }: KubeObject,
  container: string,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(`/containerLogs/${metadata.namespace ?? ''}/${metadata.name}/${container}`, kubelet);
  for (const [name, value] of query) if (passedOn.has(name)) url.searchParams.set(name, value);
  const request = https.get(url, { rejectUnauthorized: false, agent: false });
  response.on('close', () => request.destroy());
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw await refusalOf(answer);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  answer.pipe(response);
  answer.on('error', () => response.destroy());
}

const passedOn = new Set(['follow', 'previous', 'timestamps', 'sinceSeconds', 'sinceTime', 'tailLines', 'limitBytes']);

async function refusalOf(answer: IncomingMessage): Promise<ApiError> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (answer.statusCode === 400) return badRequest(text);
  return new ApiError(answer.statusCode ?? 500, 'InternalError', text);
}
