import type { Path } from '../../path';

/** Places in the spec of a v1beta1 Function, and where they are in that of a v1beta2 one. The first that fits counts; `#` is any key or index. */
const moves: readonly (readonly [v1beta1: string, v1beta2: string])[] = [
  ['port', 'serving/triggers/http/port'],
  ['route', 'serving/triggers/http/route'],
  ['serving/inputs/#/component', 'serving/triggers/dapr/#/name'],
  ['serving/inputs/#/name', 'serving/triggers/dapr/#/inputName'],
  ['serving/inputs', 'serving/triggers/dapr'],
  ['serving/outputs/#/component', 'serving/outputs/#/dapr/name'],
  ['serving/outputs/#/name', 'serving/outputs/#/dapr/outputName'],
  ['serving/outputs/#/params', 'serving/outputs/#/dapr/metadata'],
  ['serving/outputs/#', 'serving/outputs/#/dapr'],
  ['serving/states/#', 'serving/states/#/spec'],
  ['serving/triggers', 'serving/scaleOptions/keda/triggers'],
];

/** The same of what is made of a value as a whole. */
const remakes: readonly (readonly [v1beta1: Path, v1beta2: string])[] = [
  [['build', 'params'], 'build/shipwright/params'],
  [['annotations', 'plugins'], 'serving/hooks'],
  [['annotations', 'plugins.tracing'], 'serving/tracing'],
  [['serving', 'runtime'], 'serving/triggers'],
];

/** What makes it is there in both versions. */
const workload: (typeof remakes)[number] = [['serving', 'scaleOptions', 'keda'], 'serving/workloadType'];

/** The place in v1beta1 props from which a place in what `toV1beta2` makes of them comes. */
export function placeInV1beta1(place: Path): Path {
  const inverse = moves.map(([v1beta1, v1beta2]) => [v1beta2, v1beta1] as const);
  const remade = [...remakes, workload].find(([, v1beta2]) => match(v1beta2, place));
  return move(inverse, place) ?? remade?.[0] ?? place;
}

/** Where v1beta2 props have what is at a place in v1beta1 props. */
export function placeInV1beta2(place: Path): Path {
  const remade = remakes.find(([v1beta1]) => match(v1beta1.join('/'), place));
  return move(moves, place) ?? remade?.[1].split('/') ?? place;
}

function move(table: typeof moves, place: Path): Path | undefined {
  for (const [from, to] of table) {
    const matched = match(from, place);
    if (matched) return [...fill(to, matched), ...place.slice(from.split('/').length)];
  }
  return undefined;
}

/** What stands for each `#`, where a place begins as the pattern says. */
function match(pattern: string, place: Path): Path | undefined {
  const keys = pattern.split('/');
  if (place.length < keys.length || keys.some((key, index) => key !== '#' && key !== place[index])) return undefined;
  return place.filter((_key, index) => keys[index] === '#');
}

function fill(pattern: string, [value = '']: Path): Path {
  return pattern.split('/').map((key) => (key === '#' ? value : key));
}
