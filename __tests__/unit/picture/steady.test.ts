import { steady } from '../../../scripts/picture/steady';

test('the same random ending is the same steady one in all outputs', () => {
  expect(steady(['serving-78rkk', 'serving-5b9bk-deployment-v100-zlrg5, serving-78rkk'])).toEqual([
    'serving-kmzm4',
    'serving-w7d5q-deployment-v100-8d7f6, serving-kmzm4',
  ]);
});

test('times are always the same', () => {
  const outputs = [
    '[2026-11-21 23:37:33][INFO]',
    'hello: starting 13s\r\u001B[2Khello: starting 14s\r\n',
    'completed (0.06s)',
  ];
  expect(steady(outputs)).toEqual([
    '[2026-01-01 12:00:00][INFO]',
    'hello: starting 2s\r\u001B[2Khello: starting 2s\r\n',
    'completed (4.00s)',
  ]);
});

test('all else stays', () => {
  const output = 'kubectl logs hello --previous -n default, for 10s or (s.yaml:9:13)\r\n';
  expect(steady([output])).toEqual([output]);
});

test('more names than expected are told', () => {
  const names = ['bbbbb', 'ccccc', 'ddddd', 'fffff', 'ggggg', 'hhhhh'].map((ending) => `pod-${ending}`);
  expect(() => steady(names)).toThrow('scripts/picture/steady.ts has no ending for "hhhhh"');
});
