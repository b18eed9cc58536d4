import { coreVersions, groupDocument, groupList, resourceList } from '../discovery/documents';
import { openApiDocument, openApiIndex } from '../discovery/openapi';
import type { ClusterState } from '../operations/cluster';
import type { JsonRecord } from '../../../src/record';

/** What stands at paths that are no objects: versions, discovery, health. Undefined where there is nothing. */
export function nonResource(
  { types, minor }: ClusterState,
  path: string,
  host: string,
): JsonRecord | string | undefined {
  const [root, group = '', version = '', ...rest] = path.split('/').filter(Boolean);
  if (rest.length > 0 && root !== 'openapi') return undefined;
  switch (root) {
    case 'healthz':
    case 'livez':
    case 'readyz':
      return 'ok';
    case 'version':
      return versionInfo(minor);
    case 'api':
      return group === '' ? coreVersions(host) : resourceList(types, '', group);
    case 'apis':
      if (group === '') return groupList(types);
      return version === '' ? groupDocument(types, group) : resourceList(types, group, version);
    case 'openapi':
      if (group !== 'v3') return undefined;
      return version === '' ? openApiIndex(types) : openApiDocument(types, [version, ...rest].join('/'));
    default:
      return undefined;
  }
}

function versionInfo(minor: number): JsonRecord {
  return {
    major: '1',
    minor: String(minor),
    gitVersion: `v1.${minor}.0-sandbox`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: '',
    compiler: '',
    platform: 'linux/amd64',
  };
}
