import type http from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

/** An agent that connects through a proxy: http, https (CONNECT) or socks, by the address of the proxy. */
export function createProxyAgent(
  proxy: string,
  secureServer: boolean,
  options: http.AgentOptions & { signal: AbortSignal },
): http.Agent {
  if (proxy.startsWith('socks')) return new SocksProxyAgent(proxy, options);
  return secureServer ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
}
