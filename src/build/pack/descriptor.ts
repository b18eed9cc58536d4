/**
 * A project descriptor that leaves these paths out of the build, as pack reads it: with Git's rules, of which regular expressions
 * are made without escaping what they know (github.com/sabhiram/go-gitignore). Source: buildpacks/spec extensions/project-descriptor.md.
 */
export function descriptorWithout(paths: readonly string[]): string {
  const patterns = paths.map((path) => JSON.stringify(`/${path.replace(/[\\+(){}[\]|^$]/g, '\\$&')}`));
  return `[_]\nschema-version = "0.2"\n\n[io.buildpacks]\nexclude = [\n${patterns.map((pattern) => `  ${pattern},\n`).join('')}]\n`;
}
