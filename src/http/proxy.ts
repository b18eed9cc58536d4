import { BlockList, isIP } from 'node:net';

type Environment = Record<string, string | undefined>;

/**
 * The proxy for a server: `proxy-url` of the kubeconfig, else HTTPS_PROXY (HTTP_PROXY for an `http://` server) less NO_PROXY.
 *
 * The rules are those of Go's golang.org/x/net/http/httpproxy, which kubectl follows: a name in NO_PROXY covers its
 * subdomains, address ranges count, loopback is never proxied by the variables, and an address without a scheme is http.
 */
export function proxyFor(
  server: string,
  proxyUrl: string | undefined,
  env: Environment = process.env,
): string | undefined {
  if (proxyUrl) return proxyUrl;
  const { protocol, hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] || env[name.toLowerCase()];
  if (!proxy || isLoopback(host)) return undefined;
  const exceptions = (env['NO_PROXY'] || env['no_proxy'] || '').split(',').map((entry) => entry.trim());
  if (exceptions.some((entry) => covers(entry, host, port || '443'))) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || isInRange(host, '127.0.0.0/8') || host === '::1';
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*' || isInRange(host, entry)) return true;
  const [, name = '', entryPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) return false;
  if (isIP(name) !== 0) return host === name;
  const suffix = name.toLowerCase().replace(/^\*?\.?/, '.');
  return host.endsWith(suffix) || (!name.startsWith('.') && `.${host}` === suffix);
}

function isInRange(host: string, entry: string): boolean {
  const [address = '', prefix = ''] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, Number(prefix), type);
  return range.check(host, type);
}
