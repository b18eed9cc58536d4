import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../sandbox/certificate';
import { versionOf } from '../../sandbox/apiserver/resources';
import { DecodeError } from '../../sandbox/openfunction/conversion/go-duration';
import { ConversionPanic } from '../../sandbox/openfunction/conversion/panic';
import { group, type Release } from '../../sandbox/openfunction/release';
import { convert, functionWebhooks } from '../../sandbox/openfunction/types';
import { isRecord, type JsonRecord } from '../../src/record';
import type { Admin, Crd } from './admin';

/** The webhooks of OpenFunction for one API server. */
export interface Webhooks {
  /** The CRDs with their conversion, where a release has one. */
  withConversion: (crds: readonly Crd[]) => Crd[];
  /** Lets the server ask them about Functions. */
  register: (admin: Admin) => Promise<void>;
  stop: () => Promise<void>;
}

interface Review {
  apiVersion: string;
  kind: string;
  request: { uid: string; object?: JsonRecord; objects?: JsonRecord[]; desiredAPIVersion?: string };
}

/** Serves on the loopback interface what the controller of a release serves: defaults, rules and, from 1.1 on, conversion. */
export async function startWebhooks(release: Release): Promise<Webhooks> {
  const { key, cert } = await makeCertificate();
  const answers: Readonly<Record<string, (review: Review) => object>> = {
    '/convert': convertAll,
    '/mutate': ({ request }) => mutate(release, request.object ?? {}),
    '/validate': ({ request }) => validate(release, request.object ?? {}),
  };
  const server = createServer({ key, cert }, (request, response) => {
    void readJson(request).then((review) => {
      try {
        const path = (request.url ?? '').replace(/\?.*/, '');
        const answer = answers[path]?.(review);
        const { apiVersion, kind } = review;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ apiVersion, kind, response: { uid: review.request.uid, ...answer } }));
      } catch (error) {
        if (!(error instanceof ConversionPanic)) throw error;
        // As a server in Go ends a request whose handler panics.
        request.socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clientConfig = (path: string): object => ({
    url: `https://127.0.0.1:${port}${path}`,
    caBundle: Buffer.from(cert).toString('base64'),
  });

  return {
    withConversion: (crds) =>
      crds.map((crd) => {
        const spec = crd['spec'] as { versions: unknown[]; group: string };
        if (spec.group !== group || spec.versions.length === 1) return crd;
        const webhook = { conversionReviewVersions: ['v1'], clientConfig: clientConfig('/convert') };
        return { ...crd, spec: { ...spec, conversion: { strategy: 'Webhook', webhook } } };
      }),
    register: async (admin) => {
      const { version } = functionWebhooks[release];
      const rule = { apiGroups: [group], apiVersions: [version], resources: ['functions'] };
      const webhook = (name: string, path: string): object => ({
        name,
        clientConfig: clientConfig(path),
        rules: [{ ...rule, operations: ['CREATE', 'UPDATE'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      });
      await create(admin, 'MutatingWebhookConfiguration', webhook('mfunctions.of.io', '/mutate'));
      await create(admin, 'ValidatingWebhookConfiguration', webhook('vfunctions.of.io', '/validate'));
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function create(admin: Admin, kind: string, webhook: object): Promise<void> {
  const { status, body } = await admin.request('POST', `/apis/admissionregistration.k8s.io/v1/${kind.toLowerCase()}s`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'openfunction' },
    webhooks: [webhook],
  });
  if (status >= 300) throw new Error(`cannot create the ${kind}: ${JSON.stringify(body)}`);
}

function convertAll({ request }: Review): object {
  const { objects = [], desiredAPIVersion = '' } = request;
  try {
    const convertedObjects = objects.map((object) => convert(object, versionOf(desiredAPIVersion)));
    return { result: { status: 'Success' }, convertedObjects };
  } catch (error) {
    if (error instanceof ConversionPanic) throw error;
    return { result: { status: 'Failure', message: (error as Error).message } };
  }
}

/** The whole metadata and spec stand in the patch, where the webhook changes something of them. */
function mutate(release: Release, object: JsonRecord): object {
  return refusable(() => {
    const defaulted = functionWebhooks[release].mutate(object);
    const patch = ['metadata', 'spec']
      .filter((key) => JSON.stringify(defaulted[key]) !== JSON.stringify(object[key]))
      .map((key) => ({ op: 'add', path: `/${key}`, value: defaulted[key] }));
    if (patch.length === 0) return { allowed: true };
    return { allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') };
  });
}

function validate(release: Release, object: JsonRecord): object {
  return refusable(() => {
    const reason = functionWebhooks[release].validate(object);
    return reason === undefined ? { allowed: true } : { allowed: false, status: { code: 403, reason } };
  });
}

/** An object that cannot be decoded is refused in the words of Go; the API server names the webhook before them. */
function refusable(judge: () => object): object {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { allowed: false, status: { code: 400, message: error.message } };
  }
}

async function readJson(request: IncomingMessage): Promise<Review> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const review: unknown = JSON.parse(Buffer.concat(chunks).toString());
  if (!isRecord(review)) throw new Error('no review');
  return review as unknown as Review;
}
