import path from 'node:path';
import { parseFieldPath, type Path } from '../path';
import type { Origin } from '../props/origin';

/** Who reads the names of places: their file, and the folder from which its path is shown. */
export interface PlaceReader {
  origin: Origin;
  cwd: string;
}

/** Names places of props as their author knows them, with line and column where their file can be read. */
export async function placesOf({ origin, cwd }: PlaceReader): Promise<(place: Path) => string> {
  const { file } = origin;
  if (file === undefined) return (place) => origin.locate(place);
  const { positionsIn } = await import('../inputs/positions');
  const positionOf = positionsIn(file, origin.pathInFile([]));
  const shown = path.relative(cwd, file) || file;
  return (place) => {
    const position = positionOf(origin.pathInFile(place));
    return `${origin.locate(place)}${position ? ` (${shown}:${position.line}:${position.column})` : ''}`;
  };
}

/**
 * Names fields of the Function by the place where the user wrote them; fields that ofn adds keep their own name.
 * @param sourceOf the place in the props that a place in the Function comes from
 */
export function locator(reader: PlaceReader, sourceOf: (place: Path) => Path): (field: string) => Promise<string> {
  return async (field) => {
    const [section, ...place] = parseFieldPath(field);
    return section === 'spec' || section === 'metadata' ? (await placesOf(reader))(sourceOf(place)) : field;
  };
}
