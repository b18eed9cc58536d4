import { writeFileSync } from 'node:fs';
import net from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createApi, type Api } from '../../../src/cluster/api';
import { openConnection } from '../../../src/cluster/connection';
import { getFunction } from '../../../src/cluster/functions';
import { generate } from 'selfsigned';
import { toKubeconfig } from '../../../scripts/control-plane/kubeconfig';
import { temporaryFolder } from '../../support/files';
import { answer, startTlsServer, type Handler, type TlsServer } from '../../support/tls-server';

const servers: TlsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(handler: Handler, options?: Parameters<typeof startTlsServer>[1]): Promise<TlsServer> {
  const server = await startTlsServer(handler, options);
  servers.push(server);
  return server;
}

/** An API of that server whose pauses between tries take no time; they are recorded instead. */
async function apiOf(
  { url, ca }: { url: string; ca: string },
  user: object = { token: 't' },
): Promise<Api & { pauses: number[] }> {
  const config = { ...toKubeconfig({ server: url, ca, token: '' }), users: [{ name: 'test', user }] };
  const connection = await openConnection({ kubeconfig: `${temporaryFolder({ config })}/config` });
  const pauses: number[] = [];
  const clock = {
    now: () => pauses.reduce((sum, pause) => sum + pause, 0),
    sleep: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
  };
  return { ...createApi(connection, { clock }), pauses };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const key = { namespace: 'default', name: 'f' };
const read = (api: Api): Promise<object | undefined> => getFunction(api, key, ['v1beta1']);
const live = {
  apiVersion: 'core.openfunction.io/v1beta1',
  kind: 'Function',
  metadata: { name: 'f', uid: 'u', resourceVersion: '1' },
};
const status = (message: string, more: object = {}): object => ({
  kind: 'Status',
  status: 'Failure',
  message,
  ...more,
});

test('requests one after the other share a connection', async () => {
  const server = await serve((_request, response) => answer(response, 200, live));
  const api = await apiOf(server);
  for (let i = 0; i < 5; i += 1) expect(await read(api)).toEqual(live);
  expect(server.connections()).toBe(1);
});

test('the token is sent, and the client names itself', async () => {
  let headers: NodeJS.Dict<string | string[]> = {};
  const server = await serve((request, response) => {
    headers = request.headers;
    answer(response, 200, live);
  });
  await read(await apiOf(server, { token: 'abc' }));
  expect(headers).toMatchObject({
    authorization: 'Bearer abc',
    'user-agent': expect.stringMatching(/^ofn\//) as unknown,
  });
});

test('a client certificate is shown to the server', async () => {
  const client = await generate([{ name: 'commonName', value: 'jane' }]);
  const certificate = { 'client-certificate-data': toBase64(client.cert), 'client-key-data': toBase64(client.private) };
  const server = await serve(
    (request, response) => {
      const { subject } = (request.socket as unknown as TLSSocket).getPeerCertificate();
      answer(response, subject.CN === 'jane' ? 200 : 403, live);
    },
    { clientCertificate: client.cert },
  );
  expect(await read(await apiOf(server, certificate))).toEqual(live);
  await expect(read(await apiOf(server))).rejects.toThrow('Cannot reach the cluster');
});

describe('faults that pass', () => {
  test('a connection that the server closed is opened again at once', async () => {
    const server = await serve((request, response, attempt) =>
      attempt === 2 ? request.socket.destroy() : answer(response, 200, live),
    );
    const api = await apiOf(server);
    await read(api);
    expect(await read(api)).toEqual(live);
    expect(api.pauses).toEqual([0]);
  });

  test('a reset before the answer is tried again', async () => {
    const server = await serve((request, response, attempt) =>
      attempt === 1 ? request.socket.destroy() : answer(response, 200, live),
    );
    expect(await read(await apiOf(server))).toEqual(live);
  });

  test('an answer that breaks off is tried again', async () => {
    const server = await serve((_request, response, attempt) => {
      if (attempt > 1) return answer(response, 200, live);
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"kind":');
      setTimeout(() => response.socket?.destroy(), 10);
    });
    expect(await read(await apiOf(server))).toEqual(live);
  });

  test('429 waits as long as the server asks', async () => {
    const server = await serve((_request, response, attempt) =>
      attempt === 1 ? answer(response, 429, status('slow down'), { 'Retry-After': '7' }) : answer(response, 200, live),
    );
    const api = await apiOf(server);
    expect(await read(api)).toEqual(live);
    expect(api.pauses).toEqual([7000]);
  });

  test('a webhook that restarts is waited for', async () => {
    const server = await serve((_request, response, attempt) =>
      attempt < 3
        ? answer(response, 500, status('Internal error occurred: failed calling webhook "x": connection refused'))
        : answer(response, 200, live),
    );
    expect(await read(await apiOf(server))).toEqual(live);
  });

  test('a server that does not know yet who may do what, since it has just started, is asked again', async () => {
    const refused = status('functions "f" is forbidden: User "u" cannot get', { reason: 'Forbidden' });
    const server = await serve((request, response, attempt) => {
      if (attempt === 1) return void request.socket.destroy();
      if (attempt < 4) return answer(response, 403, refused);
      answer(response, 200, live);
    });
    expect(await read(await apiOf(server))).toEqual(live);
    expect(server.requests).toHaveLength(4);
  });

  test('401 renews the credentials once', async () => {
    const folder = temporaryFolder({ token: 'old' });
    const server = await serve((request, response) => {
      if (request.headers.authorization === 'Bearer new') return answer(response, 200, live);
      // The file is rotated while the old token is in use.
      writeFileSync(`${folder}/token`, 'new');
      answer(response, 401, status('Unauthorized'));
    });
    expect(await read(await apiOf(server, { tokenFile: `${folder}/token` }))).toEqual(live);
    expect(server.requests).toHaveLength(2);
  });
});

describe('faults that stay', () => {
  test('401: not logged in', async () => {
    const server = await serve((_request, response) => answer(response, 401, status('Unauthorized')));
    await expect(read(await apiOf(server))).rejects.toThrow('Not logged in to the cluster of context "test".');
    expect(server.requests).toHaveLength(2);
  });

  test('a busy server: a minute of tries, then its own words', async () => {
    const server = await serve((_request, response) => answer(response, 503, status('etcdserver: leader changed')));
    const api = await apiOf(server);
    await expect(read(api)).rejects.toThrow(/busy or failing \(503\)\.\nWhy: etcdserver: leader changed/);
    expect(api.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(60_000);
  });

  test.each([
    ['an admission', 'failed calling webhook "mfunctions.of.io": failed to call webhook'],
    ['a conversion', 'conversion webhook for core.openfunction.io/v1beta2, Kind=Function failed'],
  ])('%s webhook that is down: a minute of tries, then where to look', async (_title, what) => {
    const message = `Internal error occurred: ${what}: Post "https://webhook": dial tcp 10.0.0.12:443: connect: connection refused`;
    const server = await serve((_request, response) => answer(response, 500, status(message)));
    const api = await apiOf(server);
    await expect(read(api)).rejects.toThrow(`A webhook of the cluster does not respond.
Why: ${message}
What to do: Check that the OpenFunction controller runs: kubectl get pods -n openfunction`);
    expect(api.pauses).toHaveLength(5);
  });

  test('nothing is waited for longer than the request may take', async () => {
    const server = await serve((_request, response, attempt) => {
      if (attempt < 3) answer(response, 503, status('busy'));
    });
    const api = await apiOf(server);
    const request = {
      method: 'GET',
      path: '/x',
      subject: { verb: 'get', group: '', resource: 'xs', name: 'x' },
    } as const;
    await expect(api.request({ ...request, patience: 1300 })).rejects.toThrow('busy or failing (503)');
    expect(server.requests).toHaveLength(2);
    await expect(api.request({ ...request, patience: 100 })).rejects.toThrow('gave no answer within 0.1 s');
  });

  test('a proxy page instead of JSON is shown as it is', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(400, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    );
    await expect(read(await apiOf(server))).rejects.toThrow('<h1>Bad gateway</h1>');
  });

  test('nothing listens', async () => {
    const server = await serve(() => {});
    await servers.pop()?.close();
    const api = await apiOf(server);
    await expect(read(api)).rejects.toThrow(
      /Cannot reach the cluster at https:\/\/127\.0\.0\.1:\d+\.\nWhy: Nothing listens at this address/,
    );
    expect(api.pauses).toHaveLength(3);
  });

  test('an unknown host', async () => {
    await expect(read(await apiOf({ url: 'https://no-such-host.invalid', ca: '' }))).rejects.toThrow(
      /no-such-host\.invalid (is unknown|could not be looked up)/,
    );
  });

  test('an untrusted certificate: which field to mend, and no fall-back', async () => {
    const server = await serve((_request, response) => answer(response, 200, live));
    const other = await serve(() => {});
    await expect(read(await apiOf({ url: server.url, ca: other.ca }))).rejects.toThrow(
      /not trusted[^]*certificate-authority/,
    );
    expect(server.requests).toEqual([]);
  });

  test('an expired certificate', async () => {
    const server = await serve(() => {}, { notAfter: new Date(Date.now() - 3_600_000) });
    await expect(read(await apiOf(server))).rejects.toThrow('The certificate of the server has expired.');
  });

  test('a certificate for another name', async () => {
    const server = await serve(() => {}, { altName: { type: 2, value: 'kube.example.com' } });
    await expect(read(await apiOf(server))).rejects.toThrow('The certificate of the server is for another name');
  });

  test('a server without TLS', async () => {
    const plain = net.createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as net.AddressInfo;
    await expect(read(await apiOf({ url: `https://127.0.0.1:${port}`, ca: '' }))).rejects.toThrow('does not speak TLS');
    plain.close();
  });
});

describe('what the server refuses', () => {
  const refusal = async (code: number, body: object): Promise<string> => {
    const server = await serve((_request, response) => answer(response, code, body));
    return read(await apiOf(server)).then(
      () => 'no error',
      (error: unknown) => (error as Error).message.replaceAll(server.url, 'https://SERVER'),
    );
  };

  test('403: who lacks what, and the Role that would allow it', async () => {
    const message =
      'functions.core.openfunction.io "f" is forbidden: User "system:serviceaccount:ci:deployer" cannot get resource "functions" in API group "core.openfunction.io" in the namespace "default"';
    expect(await refusal(403, status(message, { reason: 'Forbidden' }))).toMatchInlineSnapshot(`
     "Not allowed to get functions in namespace "default".
     Why: The cluster knows you as "system:serviceaccount:ci:deployer" (context "test"), and no Role allows this.
     What to do: Ask an administrator of the cluster to apply this:
       apiVersion: rbac.authorization.k8s.io/v1
       kind: Role
       metadata:
         name: ofn-deploy
         namespace: default
       rules:
         - apiGroups: ["core.openfunction.io"]
           resources: ["functions"]
           verbs: [get, list, watch, create, patch, delete]
         - apiGroups: ["core.openfunction.io"]
           resources: ["functions/status"]
           verbs: [patch]
       and: kubectl create rolebinding ofn-deploy --role=ofn-deploy --serviceaccount=ci:deployer --namespace=default"
    `);
  });

  test('403 without another word: it is the right to create that an apply lacks', async () => {
    const text = await refusal(
      403,
      status('functions.core.openfunction.io "f" is forbidden: ', { reason: 'Forbidden' }),
    );
    expect(text).toMatch(
      /^Not allowed to create functions in namespace "default"\.\nWhy: The kubeconfig calls you "test"/,
    );
    expect(text).toContain('and: kubectl create rolebinding ofn-deploy --role=ofn-deploy --user=');
  });

  test('404 without an object: OpenFunction is not installed', async () => {
    expect(await refusal(404, status('the server could not find the requested resource', { details: {} })))
      .toMatchInlineSnapshot(`
     "OpenFunction is not installed on this cluster.
     Why: The server https://SERVER (context "test") does not know core.openfunction.io/v1beta1 Functions.
     What to do: Install OpenFunction 0.6 or later (https://openfunction.dev/docs/getting-started/installation/), or choose another context."
    `);
  });

  test('404 of the object: there is none', async () => {
    const server = await serve((_request, response) =>
      answer(
        response,
        404,
        status('functions "f" not found', { reason: 'NotFound', details: { name: 'f', kind: 'functions' } }),
      ),
    );
    expect(await read(await apiOf(server))).toBeUndefined();
  });

  test('404 of something that is no API server: not taken for a missing function', async () => {
    expect(await refusal(404, { error: 'no such page' })).toContain('refused to get the function "f"');
  });

  test('a namespace that is being deleted', async () => {
    const body = status(
      'x is forbidden: unable to create new content in namespace default because it is being terminated',
      { details: { causes: [{ reason: 'NamespaceTerminating' }] } },
    );
    expect(await refusal(403, body)).toMatchInlineSnapshot(`
     "The namespace "default" is being deleted.
     Why: Nothing can be created in it until it is gone.
     What to do: Wait until it is gone, then deploy again: kubectl wait --for=delete namespace/default"
    `);
  });

  test('an admission webhook says no', async () => {
    expect(
      await refusal(
        403,
        status(
          'admission webhook "vfunctions.of.io" denied the request: spec.image: Required value: must be specified',
        ),
      ),
    ).toMatchInlineSnapshot(`
     "The cluster refused to get the function "f" in namespace "default": spec.image: Required value: must be specified
     Why: The admission webhook vfunctions.of.io checks it.
     What to do: Ask an administrator of the cluster about this rule."
    `);
  });

  test('a conversion webhook that panics', async () => {
    const message =
      'conversion webhook for core.openfunction.io/v1beta1, Kind=Function failed: Post "https://webhook/convert": EOF';
    expect(await refusal(500, status(message))).toMatch('could not convert');
  });

  test('a conversion webhook that panics on what another tool made', async () => {
    const message =
      'conversion webhook for core.openfunction.io/v1beta2, Kind=Function failed: Post "https://webhook/convert": EOF';
    expect(await refusal(500, status(message))).toMatchInlineSnapshot(`
     "The cluster cannot show the function "f" in namespace "default" as v1beta1.
     Why: conversion webhook for core.openfunction.io/v1beta2, Kind=Function failed: Post "https://webhook/convert": EOF
     What to do: Another tool made it as v1beta2, in a way that OpenFunction cannot convert. See it with: kubectl get functions.v1beta2.core.openfunction.io f -n default -o yaml
       To deploy it from here, leave out apiVersion, or remove it first: s remove"
    `);
  });

  test('an admission webhook that panics', async () => {
    const message =
      'Internal error occurred: failed calling webhook "mfunctions.of.io": failed to call webhook: Post "https://webhook": EOF';
    expect(await refusal(500, status(message))).toMatchInlineSnapshot(`
     "A webhook of the cluster broke down over the function "f" in namespace "default".
     Why: Internal error occurred: failed calling webhook "mfunctions.of.io": failed to call webhook: Post "https://webhook": EOF
     What to do: OpenFunction 1.1 does so for a function without serving. Otherwise its log says more: kubectl logs -n openfunction deployment/openfunction-controller-manager"
    `);
  });

  test('what is in the cluster already and does not fit its schema is not taken for a busy server', async () => {
    const message =
      'failed to create typed live object (default/f; core.openfunction.io/v1beta1, Kind=Function): .spec.a: field not declared in schema';
    expect(await refusal(500, status(message))).toMatch('refused to get the function "f" in namespace "default" (500)');
  });

  test.each([
    ['a rule', 'admission webhook "rules.example.com" denied the request: User "jane" cannot use this registry'],
    ['a rule without a word', 'admission webhook "rules.example.com" denied the request without explanation'],
  ])('%s of a webhook is not taken for a missing permission', async (_title, message) => {
    const text = await refusal(403, status(message, { reason: 'Forbidden' }));
    expect(text).toMatch('The cluster refused to get the function "f"');
    expect(text).not.toMatch('Role');
  });

  test('no secret of a message of the server is shown', async () => {
    expect(await refusal(400, status('cannot reach https://user:s3cret@registry.example.com'))).not.toContain('s3cret');
  });
});
