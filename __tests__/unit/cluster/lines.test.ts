import { Readable } from 'node:stream';
import { linesOf } from '../../../src/cluster/lines';

async function collect(stream: Readable): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(stream)) lines.push(line);
  return lines;
}

test('lines and characters that come in pieces are put together', async () => {
  const bytes = Buffer.from('{"name":"héllo 世界"}\n{"b":2}\n');
  const pieces = [...bytes].map((byte) => Buffer.from([byte]));
  expect(await collect(Readable.from(pieces))).toEqual(['{"name":"héllo 世界"}', '{"b":2}']);
});

test('a last line that was cut is left out', async () => {
  expect(await collect(Readable.from([Buffer.from('a\nb')]))).toEqual(['a']);
});

test('a stream that is destroyed while it is read ends with an error, not never', async () => {
  const stream = new Readable({ read() {} });
  setTimeout(() => stream.destroy(), 10);
  await expect(collect(stream)).rejects.toThrow();
});
