/** What this process has begun for whole s.yaml files. */
const begun = new Set<string>();

/** Whether something for a whole s.yaml is begun for the first time: the CLI runs each command once for each resource. */
export function isFirstFor(file: string, what: string): boolean {
  const isFirst = !begun.has(`${what} ${file}`);
  begun.add(`${what} ${file}`);
  return isFirst;
}
