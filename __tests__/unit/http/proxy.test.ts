import { proxyFor } from '../../../src/http/proxy';

const proxy = 'http://p:1';

test.each([
  ['no variable', {}, 'https://api.example.com:6443', undefined],
  ['HTTPS_PROXY', { HTTPS_PROXY: proxy }, 'https://api.example.com', proxy],
  ['lower case', { https_proxy: proxy }, 'https://api.example.com', proxy],
  ['a proxy without a scheme', { HTTPS_PROXY: 'p:1' }, 'https://api.example.com', proxy],
  ['HTTP_PROXY is for http servers', { HTTP_PROXY: proxy }, 'https://api.example.com', undefined],
  ['HTTP_PROXY', { HTTP_PROXY: proxy }, 'http://api.example.com', proxy],
  ['NO_PROXY with everything', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, 'https://api.example.com', undefined],
  ['NO_PROXY with the host', { HTTPS_PROXY: proxy, NO_PROXY: 'api.example.com' }, 'https://api.example.com', undefined],
  [
    'NO_PROXY with a name covers subdomains',
    { HTTPS_PROXY: proxy, NO_PROXY: 'example.com' },
    'https://api.example.com',
    undefined,
  ],
  [
    'NO_PROXY with a dot covers subdomains',
    { HTTPS_PROXY: proxy, NO_PROXY: 'x, .example.com' },
    'https://api.example.com',
    undefined,
  ],
  [
    'NO_PROXY with a dot does not cover the name',
    { HTTPS_PROXY: proxy, NO_PROXY: '.example.com' },
    'https://example.com',
    proxy,
  ],
  [
    'NO_PROXY with half a name covers nothing',
    { HTTPS_PROXY: proxy, NO_PROXY: 'ample.com' },
    'https://api.example.com',
    proxy,
  ],
  [
    'NO_PROXY with another port',
    { HTTPS_PROXY: proxy, NO_PROXY: 'example.com:443' },
    'https://example.com:6443',
    proxy,
  ],
  [
    'NO_PROXY with the port',
    { HTTPS_PROXY: proxy, NO_PROXY: 'example.com:6443' },
    'https://example.com:6443',
    undefined,
  ],
  ['NO_PROXY with an address', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.1' }, 'https://10.0.0.1:6443', undefined],
  ['NO_PROXY with an address range', { HTTPS_PROXY: proxy, no_proxy: 'x, 10.0.0.0/8' }, 'https://10.96.0.1', undefined],
  ['another address range', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, 'https://192.168.0.1', proxy],
  ['a range that is none', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/99' }, 'https://10.0.0.1', proxy],
  ['an IPv6 range', { HTTPS_PROXY: proxy, NO_PROXY: 'fd00::/8' }, 'https://[fd00::1]:6443', undefined],
  ['loopback', { HTTPS_PROXY: proxy }, 'https://127.0.0.1:6443', undefined],
  ['localhost', { HTTPS_PROXY: proxy }, 'https://localhost:6443', undefined],
])('%s', (_title, env, server, expected) => {
  expect(proxyFor(server, undefined, env)).toBe(expected);
});

test('proxy-url of the kubeconfig counts more than the variables', () => {
  expect(proxyFor('https://127.0.0.1:6443', 'socks5://q:2', { HTTPS_PROXY: proxy, NO_PROXY: '*' })).toBe(
    'socks5://q:2',
  );
});
