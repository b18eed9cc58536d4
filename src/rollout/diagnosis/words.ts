import { redactText } from '../../redact';

/** What layers of software put before what went wrong. */
const prefixes = [
  /^rpc error: code = \w+ desc = /,
  /^Error response from daemon: /,
  /^failed to pull and unpack image(?: "[^"]*")?: /,
  /^failed to resolve reference(?: "[^"]*")?: /,
  /^failed to (?:copy|do request|authorize): /,
  /^Back-off pulling image(?: "[^"]*")?: /,
  /^Failed to pull image(?: "[^"]*")?: /,
  /^(?:ErrImagePull|ImagePullBackOff|Error): /,
  /^Revision "[^"]*" failed with message: /,
  /^Revision failed with message: /,
  /^Unable to fetch image(?: "[^"]*")?: /,
  /^failed to resolve image to digest: /,
  /^(?:GET|HEAD) https?:\/\/\S+: /,
  /^failed to create containerd task: /,
  /^failed to create shim(?: task)?: /,
  /^OCI runtime create failed: /,
  /^runc create failed: /,
  /^container_linux\.go:\d+: /,
  /^unable to start container process: /,
];

/** The cluster's words without what only tells which layers they went through; no credentials, no endless lines. */
export function trimNoise(message: string): string {
  let text = message.replaceAll(/\s+/g, ' ').trim();
  for (let found = shortened(text); found !== undefined; found = shortened(text)) text = found;
  return redactText(text.length > 500 ? `${text.slice(0, 500)}…` : text);
}

function shortened(text: string): string | undefined {
  const prefix = prefixes.find((candidate) => candidate.test(text));
  const rest = prefix && text.replace(prefix, '');
  return rest === undefined || rest === '' ? undefined : rest;
}

/** The last lines of a log as they may be shown. */
export function lastLines(lines: readonly string[], count = 20): string[] {
  return lines.slice(-count).map((line) => redactText(line.length > 500 ? `${line.slice(0, 500)}…` : line));
}

/** What helps, and the command to look further. */
export function inTurn(remedy: string | undefined, command: string): string {
  return [...(remedy === undefined ? [] : [remedy]), `See more with: ${command}`].join('\n');
}
