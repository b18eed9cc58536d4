/** What YAML takes for the end of a line, or does not take at all. */
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** An object as JSON that means the same as YAML: the API server reads what is applied as YAML. */
export function toJson(body: unknown): string {
  return JSON.stringify(body).replace(notInYaml, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
