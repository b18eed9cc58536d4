import https from 'node:https';

/** Plain requests as administrator, for tests to prepare and inspect the cluster without the code under test. */
export interface Admin {
  request(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Creates the CustomResourceDefinitions that are missing and waits until they are served. */
  installCrds(crds: readonly Crd[]): Promise<void>;
}

export interface Crd {
  metadata: { name: string };
  [field: string]: unknown;
}

const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export function createAdmin({ server, ca, token }: { server: string; ca: string; token: string }): Admin {
  const request: Admin['request'] = (method, path, body, contentType = 'application/json', headers = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const outgoing = https.request(
        new URL(path, server),
        {
          method,
          ca,
          agent: false,
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': contentType,
            // Node announces the body of a DELETE only when it is told to.
            'Content-Length': Buffer.byteLength(text),
            'User-Agent': 'test-admin',
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString()) }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(text);
    });

  const isEstablished = async (name: string): Promise<boolean> => {
    const { body } = await request('GET', `${crdPath}/${name}`);
    const { conditions } = (body['status'] ?? {}) as { conditions?: { type: string; status: string }[] | null };
    return conditions?.some(({ type, status }) => type === 'Established' && status === 'True') === true;
  };

  return {
    request,
    async installCrds(crds) {
      for (const crd of crds) {
        const { status, body } = await request('POST', crdPath, crd);
        if (status >= 300 && status !== 409) throw new Error(`CRD ${crd.metadata.name}: ${JSON.stringify(body)}`);
      }
      for (const { metadata } of crds) {
        while (!(await isEstablished(metadata.name))) await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
