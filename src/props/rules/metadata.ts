import { formatPath, type Path } from '../../path';
import { showValue } from '../../redact';
import type { Draft } from '../draft';
import { errorAt, type Problem } from '../problem';
import { entriesOf, type Rule } from './rule';

type Texts = Readonly<Record<string, string | undefined>>;

/** What comes of what the API server is asked to take: by ofn, and by the controller. */
const refusal = 'Kubernetes would refuse the function';
const hanging = 'the function would hang';

const word = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const domainPart = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Source: Kubernetes, apimachinery/pkg/util/validation, IsQualifiedName. */
function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...others] = key.split('/').reverse();
  if (others.length > 0 || !word.test(name) || name.length > 63) return false;
  return prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((part) => domainPart.test(part)));
}

/** Labels of the Function itself. Source: Kubernetes, labels and selectors. */
export const functionLabels: Rule = (props) => judgeLabels(props, ['labels'], props.labels, refusal);

/** Labels of the pods, which only the controller sends to the API server. Source: the same. */
export const podLabels: Rule = (props) => judgeLabels(props, ['serving', 'labels'], props.serving?.labels, hanging);

function judgeLabels(props: Draft, path: Path, labels: Texts | undefined, outcome: string): Problem[] {
  const allowed = 'Use at most 63 letters, digits, "-", "_" and "."';
  return entriesOf(labels).flatMap(([key, value]) => {
    const place = [...path, key];
    if (!isQualifiedName(key)) {
      const prefix = 'if need be after a prefix such as example.com/';
      return [errorAt(place, `cannot be the key of a label, and ${outcome}. ${allowed}, ${prefix}.`)];
    }
    if (value === '' || (word.test(value) && value.length <= 63)) return [];
    const annotations = formatPath([...path.slice(0, -1), 'annotations']);
    return [
      errorAt(
        place,
        `${showValue(props, place)} cannot be the value of a label, and ${outcome}. ${allowed}; other text belongs in ${annotations}.`,
      ),
    ];
  });
}

/** All annotations of an object together. */
const annotationBytes = 256 * 1024;

/** Annotations of the Function and of its pods. Source: Kubernetes, apimachinery/pkg/api/validation/objectmeta.go. */
export const annotations: Rule = (props) => [
  ...judgeAnnotations(['annotations'], props.annotations, refusal),
  ...judgeAnnotations(['serving', 'annotations'], props.serving?.annotations, hanging),
];

function judgeAnnotations(path: Path, map: Texts | undefined, outcome: string): Problem[] {
  const entries = entriesOf(map);
  const wrong = entries
    .filter(([key]) => !isQualifiedName(key.toLowerCase()))
    .map(([key]) => errorAt([...path, key], `cannot be the key of an annotation, and ${outcome}.`));
  const size = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.join('')), 0);
  if (size <= annotationBytes) return wrong;
  return [
    ...wrong,
    errorAt([...path], `have ${size} bytes, of which ${annotationBytes} are possible, and ${outcome}.`),
  ];
}
