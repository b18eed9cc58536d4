import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import { temporaryFolder } from '../support/files';
import { hello } from '../support/functions';
import { s, sYaml } from '../support/s';
import { answer, startTlsServer, type TlsServer } from '../support/tls-server';

const live = {
  apiVersion: 'core.openfunction.io/v1beta2',
  kind: 'Function',
  metadata: { name: 'hello', namespace: 'default', uid: 'u', resourceVersion: '1' },
  spec: { image: 'r/hello:v1' },
};

function jwt(claims: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode({ alg: 'RS256' })}.${encode(claims)}.c2lnbmF0dXJl`;
}

/** One server that is issuer and API server at once; it takes no token but the one it issued. */
async function startIssuer(): Promise<TlsServer> {
  let issued = '';
  const server = await startTlsServer((request, response) => {
    const issuer = `https://${request.headers.host ?? ''}`;
    const now = Math.floor(Date.now() / 1000);
    if (request.url === '/.well-known/openid-configuration') {
      return answer(response, 200, {
        issuer,
        token_endpoint: `${issuer}/token`,
        authorization_endpoint: `${issuer}/auth`,
        jwks_uri: `${issuer}/keys`,
      });
    }
    if (request.url === '/token') {
      issued = jwt({ iss: issuer, aud: 'kubernetes', sub: 'jane', iat: now, exp: now + 3600 });
      return answer(response, 200, {
        id_token: issued,
        access_token: 'a',
        token_type: 'bearer',
        refresh_token: 'r2',
        expires_in: 3600,
      });
    }
    const isKnown = request.headers.authorization === `Bearer ${issued}`;
    answer(response, isKnown ? 200 : 401, isKnown ? live : { kind: 'Status', message: 'Unauthorized' });
  });
  return server;
}

test('an OIDC token that has expired is refreshed once for all resources', async () => {
  const issuer = await startIssuer();
  const user = {
    'auth-provider': {
      name: 'oidc',
      config: {
        'id-token': jwt({ exp: 1 }),
        'client-id': 'kubernetes',
        'refresh-token': 'r1',
        'idp-issuer-url': issuer.url,
      },
    },
  };
  const config = { ...toKubeconfig({ server: issuer.url, ca: issuer.ca, token: '' }), users: [{ name: 'test', user }] };
  const cwd = temporaryFolder({
    config,
    'ca.pem': issuer.ca,
    's.yaml': sYaml({ hello: hello(), again: hello() }),
  });
  const { exitCode, output } = await s(['info'], {
    cwd,
    env: { KUBECONFIG: `${cwd}/config`, NODE_EXTRA_CA_CERTS: `${cwd}/ca.pem` },
  });
  await issuer.close();
  expect(output).toContain('r/hello:v1');
  expect(exitCode).toBe(0);
  expect(issuer.requests.filter((request) => request === 'POST /token')).toHaveLength(1);
});
