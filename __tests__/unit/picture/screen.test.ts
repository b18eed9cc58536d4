import { readScreen } from '../../../scripts/picture/screen';
import { shown } from '../../../scripts/picture/shown';

async function textsOn(output: string, columns = 40): Promise<string[]> {
  return shown(await readScreen(output, columns)).map(({ text }) => text);
}

test('of a line that is written anew, the last text counts', async () => {
  const output = 'hello: waiting 0s\r\u001B[2Khello: starting 0s\r\u001B[2Khello: starting 1s\r\nruns\r\n';
  expect(await textsOn(output)).toEqual(['hello: starting 1s', 'runs']);
});

test('a line that does not fit takes more rows', async () => {
  const [line] = await readScreen('\u001B[31mabcdef\u001B[39m\r\n', 4);
  expect(line?.text).toBe('abcdef');
  expect(line?.rows.map((row) => row.map(({ text, colour }) => text + String(colour)).join(' '))).toEqual([
    'a1 b1 c1 d1',
    'e1 f1  undefined  undefined',
  ]);
});

test('a wide character is one cell', async () => {
  const [line] = await readScreen('函\u001B[1mx', 4);
  expect(line?.rows[0]?.slice(0, 2)).toEqual([
    { text: '函', width: 2, colour: undefined, bold: false },
    { text: 'x', width: 1, colour: undefined, bold: true },
  ]);
});

test('what the CLI puts around every run is left out, and of a result only that there is one is shown', async () => {
  const output = [
    '⌛  Steps for [deploy] of [mqtt]',
    '====================',
    'Function "bridge" runs.',
    '✔ [bridge] completed (4.00s)',
    '',
    '🚀  Result for [deploy] of [mqtt]',
    '====================',
    'name: bridge',
  ];
  expect(await textsOn(output.join('\r\n'))).toEqual(['Function "bridge" runs.', '✔ [bridge] completed (4.00s)', '…']);
});

test('an error is shown whole', async () => {
  const output = [
    '✖ [bridge] failed to [deploy] (4.00s)',
    ' ',
    '✖ [bridge] failed to [deploy]:',
    '====================',
    'Error Message:',
    'No.',
    ' ',
    'A complete log of this run can be found in: /home/me/.s/logs/1',
    'Env:       @serverless-devs/s: 3.1.10',
  ];
  expect(await textsOn(output.join('\r\n'), 80)).toEqual([
    '✖ [bridge] failed to [deploy] (4.00s)',
    'Error Message:',
    'No.',
  ]);
});
