import { formatPath, type Path } from '../path';

/** Where props come from, to name their places the way their author wrote them. */
export interface Origin {
  /** For headings, for instance `the props of "sample"`. */
  title: string;
  /** The place of a path inside props, for instance `sample.props.serving.runtime`. */
  locate(path: Path): string;
  /** Whether the CLI resolves `${…}` there. */
  resolvesReferences: boolean;
}

export function propsOrigin(resource: string): Origin {
  return {
    title: `the props of "${resource}"`,
    locate: (path) => formatPath([resource, 'props', ...path]),
    resolvesReferences: true,
  };
}

const metadataKeys = new Set<string | number>(['name', 'namespace', 'labels', 'annotations']);

/** Props that were read from the Function manifest in `file`. */
export function manifestOrigin(file: string): Origin {
  return {
    title: `the manifest ${file}`,
    locate: (path) => {
      const section = path[0] !== undefined && metadataKeys.has(path[0]) ? 'metadata' : 'spec';
      return `${file}: ${formatPath([section, ...path])}`;
    },
    resolvesReferences: false,
  };
}
