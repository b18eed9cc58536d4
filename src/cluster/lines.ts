import type { Readable } from 'node:stream';

/** No object of Kubernetes is as long. */
const longestLine = 32 * 1024 * 1024;

/**
 * The lines of an answer as they come, characters that arrive in pieces put together.
 * A last line without its end was cut and is left out.
 * @throws the error of the stream when it breaks, also when this side destroys it; Error for a line without end.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string, void> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new Error('a line has no end');
    yield* lines;
  }
}
