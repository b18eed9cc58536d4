/*
 * The texts of k8s.io/apimachinery/pkg/util/validation/field. OpenFunction lists supported values in the order of
 * a Go map, which is random; here they have a fixed one.
 */

export function required(path: string, detail: string): string {
  return `${path}: Required value: ${detail}`;
}

/** `shown` is a number, a duration, or text in quotes. */
export function invalid(path: string, shown: string | number, detail: string): string {
  return `${path}: Invalid value: ${shown}: ${detail}`;
}

export function notSupported(path: string, value: string, supported: readonly string[]): string {
  return `${path}: Unsupported value: ${quoted(value)}: supported values: ${supported.map(quoted).join(', ')}`;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
