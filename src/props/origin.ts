import { formatPath, type Path } from '../path';

/** Where props come from, to name their places the way their author wrote them. */
export interface Origin {
  /** For headings, for instance `the props of "sample"`. */
  title: string;
  /** The place of a path inside props, for instance `sample.props.serving.runtime`. */
  locate(path: Path): string;
  /** The file in which they are written; undefined for `s cli -p`. */
  file: string | undefined;
  /** The place of a path inside props in that file. */
  pathInFile(path: Path): Path;
  /** Whether the CLI resolves `${…}` there. */
  resolvesReferences: boolean;
}

/** Props of a resource of the s.yaml at `file`. */
export function propsOrigin(resource: string, file: string | undefined): Origin {
  return {
    title: `the props of "${resource}"`,
    locate: (path) => formatPath([resource, 'props', ...path]),
    file,
    pathInFile: (path) => ['resources', resource, 'props', ...path],
    resolvesReferences: true,
  };
}

const metadataKeys = new Set<string | number>(['name', 'namespace', 'labels', 'annotations']);

/** Props that were read from the Function manifest at `file`, which the user calls `name`. */
export function manifestOrigin(name: string, file: string): Origin {
  const inManifest = (path: Path): Path => {
    const section = path[0] !== undefined && metadataKeys.has(path[0]) ? 'metadata' : 'spec';
    return [section, ...path];
  };
  return {
    title: `the manifest ${name}`,
    locate: (path) => `${name}: ${formatPath(inManifest(path))}`,
    file,
    pathInFile: inManifest,
    resolvesReferences: false,
  };
}
