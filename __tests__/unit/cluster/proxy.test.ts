import { proxyFor } from '../../../src/cluster/proxy';

const variables = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
];
const saved = { ...process.env };

beforeEach(() => {
  process.env = Object.fromEntries(Object.entries(saved).filter(([name]) => !variables.includes(name)));
});
afterAll(() => {
  process.env = saved;
});

test.each([
  ['no variable', {}, 'https://api.example.com:6443', undefined],
  ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:1' }, 'https://api.example.com', 'http://p:1'],
  ['lower case', { https_proxy: 'http://p:1' }, 'https://api.example.com', 'http://p:1'],
  [
    'NO_PROXY with the host',
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'api.example.com' },
    'https://api.example.com',
    undefined,
  ],
  [
    'NO_PROXY with a domain',
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example.com' },
    'https://api.example.com',
    undefined,
  ],
  [
    'NO_PROXY with an address range',
    { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x, 10.0.0.0/8' },
    'https://10.96.0.1',
    undefined,
  ],
  ['another address range', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'https://192.168.0.1', 'http://p:1'],
  ['an IPv6 range', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8' }, 'https://[fd00::1]:6443', undefined],
  ['loopback', { HTTPS_PROXY: 'http://p:1' }, 'https://127.0.0.1:6443', undefined],
  ['localhost', { HTTPS_PROXY: 'http://p:1' }, 'https://localhost:6443', undefined],
])('%s', (_title, env, server, expected) => {
  Object.assign(process.env, env);
  expect(proxyFor(server, undefined)).toBe(expected);
});

test('proxy-url of the kubeconfig counts more than the variables', () => {
  Object.assign(process.env, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' });
  expect(proxyFor('https://127.0.0.1:6443', 'socks5://q:2')).toBe('socks5://q:2');
});
