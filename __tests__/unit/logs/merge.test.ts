import fc from 'fast-check';
import { createMerge, type Entry } from '../../../src/logs/merge';
import type { LogLine } from '../../../src/logs/line';

const line = (seconds: number, text = String(seconds)): LogLine => ({ time: '', seconds, nanoseconds: 0, text });

function collect(patience?: number) {
  const printed: string[] = [];
  const merge = createMerge<string>({
    ...(patience !== undefined && { patience }),
    write: (entries: Entry<string>[]) => {
      printed.push(...entries.map((entry) => `${entry.origin}${entry.line.text}`));
      return Promise.resolve();
    },
  });
  return { printed, merge };
}

const settle = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

test('lines of several logs come in the order of time', async () => {
  const { printed, merge } = collect();
  merge.begin('a');
  merge.begin('b');
  await merge.push('a', [line(1), line(4)]);
  expect(printed).toEqual([]);
  await merge.push('b', [line(2), line(3), line(5)]);
  await Promise.all([merge.end('a'), merge.end('b')]);
  expect(printed).toEqual(['a1', 'b2', 'b3', 'a4', 'b5']);
});

test('whatever the pieces in which they arrive', async () => {
  const log = fc.array(fc.nat({ max: 50 })).map((times) => times.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(log, { minLength: 1, maxLength: 5 }), fc.scheduler(), async (logs, scheduler) => {
      const { printed, merge } = collect(60_000);
      logs.forEach((_, index) => merge.begin(`${index}:`));
      const reading = logs.map(async (times, index) => {
        const origin = `${index}:`;
        for (const time of times) {
          await scheduler.schedule(Promise.resolve());
          await merge.push(origin, [line(time)]);
        }
        await merge.end(origin);
      });
      await Promise.all([scheduler.waitAll(), ...reading]);
      const times = printed.map((text) => Number(text.split(':')[1]));
      expect(times).toEqual(logs.flat().sort((a, b) => a - b));
    }),
  );
});

test('a log that brings nothing holds up the others for a moment only', async () => {
  const { printed, merge } = collect(50);
  merge.begin('silent');
  await merge.push('a', [line(1)]);
  await settle();
  expect(printed).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(printed).toEqual(['a1']);
  await Promise.all([merge.end('a'), merge.end('silent')]);
});

test('who brings too much has to wait', async () => {
  const { printed, merge } = collect(60_000);
  merge.begin('slow');
  let isTaken = false;
  const pushed = merge
    .push(
      'fast',
      Array.from({ length: 3000 }, (_, index) => line(index)),
    )
    .then(() => (isTaken = true));
  await settle();
  expect(isTaken).toBe(false);
  await merge.end('slow');
  await pushed;
  await merge.end('fast');
  expect(printed).toHaveLength(3000);
});

test('a log has ended when its lines are written, not when they are handed out', async () => {
  const written: string[] = [];
  const merge = createMerge<string>({
    write: async (entries) => {
      await settle();
      written.push(...entries.map((entry) => entry.line.text));
    },
  });
  await merge.push('a', [line(1), line(2)]);
  await merge.end('a');
  expect(written).toEqual(['1', '2']);
});

test('a silent log holds up the others once, not again and again', async () => {
  const { printed, merge } = collect(50);
  merge.begin('silent');
  for (let time = 0; time < 200; time += 1) await merge.push('a', [line(time)]);
  const ended = merge.end('a');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(printed).toHaveLength(200);
  await Promise.all([ended, merge.end('silent')]);
});
