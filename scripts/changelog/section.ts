/** What version.md says of a version, without its heading. @throws Error when it says nothing */
export function sectionOf(text: string, version: string): string {
  const sections = text.split(/^# /m).slice(1);
  const section = sections.find((candidate) => candidate.startsWith(`${version}\n`));
  const content = section?.slice(version.length).trim() ?? '';
  if (content === '') throw new Error(`version.md has nothing about ${version}`);
  return `${content}\n`;
}
