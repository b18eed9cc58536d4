import type http from 'node:http';
import type { FoundLogin } from './login';

/** What is to be done in a repository. */
export interface Access {
  repository: string;
  action: 'pull' | 'push';
}

export interface RegistryRequest {
  method: 'HEAD' | 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** A path such as `/v2/me/hello/manifests/v1`, or an address that the registry gave. */
  url: string;
  access: Access;
  headers?: Record<string, string>;
  /** In chunks, it is sent once only, and its length is in the headers. */
  body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Whether it may go out again when it failed half-way. Default: true. */
  isRepeatable?: boolean;
}

export interface RegistryAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A container registry, by the distribution API. Source: opencontainers/distribution-spec v1.1. */
export interface Registry {
  /** As in the names of images, for instance `ghcr.io`. */
  readonly name: string;
  readonly login: FoundLogin | undefined;
  /**
   * Sends a request, logs in where the registry wants that, and repeats it where that helps.
   * @returns the answer, whatever its status
   * @throws RegistryError when the registry cannot be reached
   * @throws NetworkFailure of a request that must not be repeated
   */
  request(request: RegistryRequest): Promise<RegistryAnswer>;
  close(): void;
}
