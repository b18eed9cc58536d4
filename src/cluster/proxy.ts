import { BlockList, isIP } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The proxy for a server: `proxy-url` of the kubeconfig, else HTTPS_PROXY, HTTP_PROXY or ALL_PROXY less NO_PROXY.
 * As in Go's httpproxy, which kubectl uses, NO_PROXY may list address ranges, and loopback is never proxied by the variables.
 */
export function proxyFor(server: string, proxyUrl: string | undefined, env = process.env): string | undefined {
  if (proxyUrl) return proxyUrl;
  const host = new URL(server).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || isInRanges(host, ['127.0.0.0/8', '::1/128'])) return undefined;
  if (isInRanges(host, (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(/[\s,]+/))) return undefined;
  return getProxyForUrl(server) || undefined;
}

function isInRanges(host: string, entries: readonly string[]): boolean {
  if (isIP(host) === 0) return false;
  const ranges = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix = ''] = entry.split('/');
    const family = isIP(address);
    if (family !== 0 && /^\d+$/.test(prefix)) ranges.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  }
  return ranges.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
