/** proxy-from-env 2 ships no types. */
declare module 'proxy-from-env' {
  /** The proxy for a URL by HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; empty when there is none. */
  export function getProxyForUrl(url: string): string;
}
