/** What a request asks for, read from its method and path alone. Source: k8s.io/apiserver endpoints/request/requestinfo.go. */
export type RequestInfo = ResourceRequest | { kind: 'other'; path: string };

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export interface ResourceRequest {
  kind: 'resource';
  verb: Verb;
  group: string;
  version: string;
  resource: string;
  namespace: string;
  /** Empty for requests about a collection, unless they select one name. */
  name: string;
  subresource: string;
}

const verbs: Readonly<Record<string, [one: Verb, many: Verb]>> = {
  GET: ['get', 'list'],
  HEAD: ['get', 'list'],
  POST: ['create', 'create'],
  PUT: ['update', 'update'],
  PATCH: ['patch', 'patch'],
  DELETE: ['delete', 'deletecollection'],
};

export function readRequest(method: string, url: URL): RequestInfo {
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const [root, ...rest] = parts;
  const groupLength = root === 'api' ? 1 : root === 'apis' ? 2 : 0;
  if (groupLength === 0 || rest.length <= groupLength) return { kind: 'other', path: url.pathname };
  const [version = '', group = ''] = rest.slice(0, groupLength).reverse();
  const scope = readScope(rest.slice(groupLength));
  const { namespace, resource, subresource } = scope;
  const [one, many] = verbs[method] ?? ['get', 'list'];
  const ofMany = isWatch(url.searchParams) && many === 'list' ? 'watch' : many;
  const verb = scope.name === '' ? ofMany : one;
  const name = scope.name || selectedName(url.searchParams);
  return { kind: 'resource', verb, group, version, resource, namespace, name, subresource };
}

type Scope = Pick<ResourceRequest, 'namespace' | 'resource' | 'name' | 'subresource'>;

/** Subresources of a namespace itself, which would otherwise look like types within it. */
const namespaceSubresources = new Set(['status', 'finalize']);

function readScope(parts: readonly string[]): Scope {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = parts;
  if (first !== 'namespaces' || third === '' || namespaceSubresources.has(third)) {
    const namespace = first === 'namespaces' ? second : '';
    return { namespace, resource: first, name: second, subresource: third };
  }
  return { namespace: second, resource: third, name: fourth, subresource: fifth };
}

/** Who selects one name may do so with rights to that name alone. */
function selectedName(query: URLSearchParams): string {
  return /^metadata\.name==?([^,]+)$/.exec(query.get('fieldSelector') ?? '')?.[1] ?? '';
}

function isWatch(query: URLSearchParams): boolean {
  return ['1', 'true'].includes(query.get('watch') ?? '');
}
