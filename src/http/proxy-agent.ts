import type http from 'node:http';
import type net from 'node:net';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';

export interface ProxyAgentOptions extends http.AgentOptions {
  /** Closes connections to an http proxy that does not answer; the agent itself loses sight of them. */
  signal: AbortSignal;
  /** Milliseconds that a SOCKS proxy may take to connect. */
  connectTimeout: number;
}

/** An agent that connects through a proxy: http, https (CONNECT) or socks, by the address of the proxy. */
export function createProxyAgent(proxy: string, secureServer: boolean, options: ProxyAgentOptions): http.Agent {
  const { connectTimeout, ...agentOptions } = options;
  if (proxy.startsWith('socks')) return new PatientSocksProxyAgent(proxy, { ...agentOptions, timeout: connectTimeout });
  return secureServer ? new HttpsProxyAgent(proxy, agentOptions) : new HttpProxyAgent(proxy, agentOptions);
}

/** SocksProxyAgent has one time limit for connecting and for silence after it; a watch may be silent for long. */
class PatientSocksProxyAgent extends SocksProxyAgent {
  override async connect(...args: Parameters<SocksProxyAgent['connect']>): Promise<net.Socket> {
    return (await super.connect(...args)).setTimeout(0);
  }
}
