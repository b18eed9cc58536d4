/** What random endings of names are replaced by, in the order of their appearance; as long, so that lines break where they did. */
const endings = ['kmzm4', 'w7d5q', '8d7f6', '7c2x9', '2xw9k'];

/** As the sandbox makes them (sandbox/apiserver/random-suffix.ts). */
const randomEnding = /(?<=-)[b-df-hj-np-tv-xz2-9]{5}\b/g;

/**
 * What commands have printed, with what differs from run to run replaced by what never does: random endings of names, the
 * time of day, and how long things take. So the same behaviour is the same picture, byte for byte.
 */
export function steady(outputs: readonly string[]): string[] {
  const known = new Map<string, string>();
  const endingFor = (random: string): string => {
    const ending = known.get(random) ?? endings[known.size];
    if (ending === undefined) throw new Error(`scripts/picture/steady.ts has no ending for "${random}"`);
    known.set(random, ending);
    return ending;
  };
  return outputs.map((output) =>
    output
      .replace(randomEnding, endingFor)
      .replace(/\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]/g, '[2026-01-01 12:00:00]')
      .replace(/ \d+s(?=\r)/g, ' 2s')
      .replace(/\(\d+(\.\d+)?s\)/g, '(4.00s)'),
  );
}
