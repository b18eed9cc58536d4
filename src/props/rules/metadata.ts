import { showValue } from '../../redact';
import { errorAt, type Problem } from '../problem';
import { entriesOf, type Rule } from './rule';

const word = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const domainPart = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Source: Kubernetes, apimachinery/pkg/util/validation, IsQualifiedName. */
function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...others] = key.split('/').reverse();
  if (others.length > 0 || !word.test(name) || name.length > 63) return false;
  return prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((part) => domainPart.test(part)));
}

/** Labels of the Function itself. Source: Kubernetes, labels and selectors. */
export const functionLabels: Rule = (props) =>
  entriesOf(props.labels).flatMap(([key, value]): Problem[] => {
    const path = ['labels', key];
    if (!isQualifiedName(key)) {
      return [errorAt(path, 'cannot be the key of a label, and Kubernetes would refuse the function.')];
    }
    if (value === '' || (word.test(value) && value.length <= 63)) return [];
    return [
      errorAt(
        path,
        `${showValue(props, path)} cannot be the value of a label, and Kubernetes would refuse the function. Use at most 63 letters, digits, "-", "_" and "."; other text belongs in annotations.`,
      ),
    ];
  });

/** All annotations of an object together. */
const annotationBytes = 256 * 1024;

/** Annotations of the Function and of its pods. Source: Kubernetes, apimachinery/pkg/api/validation/objectmeta.go. */
export const annotations: Rule = (props) => [
  ...judgeAnnotations(['annotations'], props.annotations, 'Kubernetes would refuse the function'),
  ...judgeAnnotations(['serving', 'annotations'], props.serving?.annotations, 'the function would hang'),
];

function judgeAnnotations(
  path: readonly string[],
  map: Readonly<Record<string, string | undefined>> | undefined,
  outcome: string,
): Problem[] {
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
