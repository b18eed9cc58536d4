import { isBusy } from '../../../src/cluster/busy';

const conversion =
  'Internal error occurred: conversion webhook for core.openfunction.io/v1beta1, Kind=Function failed:';
const typed = (which: string): string =>
  `failed to create typed ${which} object (n/f; core.openfunction.io/v1beta1, Kind=Function): .spec.a: field not declared in schema`;

test.each([
  ['a conversion webhook that panics', `${conversion} Post "https://x/convert?timeout=30s": EOF`],
  ['a conversion that fails', `${conversion} time: invalid duration "soon"`],
  [
    'an admission webhook that panics',
    'Internal error occurred: failed calling webhook "mfunctions.of.io": failed to call webhook: Post "https://x/mutate?timeout=10s": EOF',
  ],
  ['an applied field that the schema does not declare', typed('patch')],
  ['a live field that the schema does not declare', typed('live')],
])('500 because of %s is final', (_title, message) => {
  expect(isBusy({ status: 500, message })).toBe(false);
});

test.each([
  [
    'a conversion webhook that is down',
    `${conversion} Post "https://x/convert?timeout=30s": dial tcp: connection refused`,
  ],
  [
    'a conversion webhook without pods',
    `${conversion} Post "https://x/convert": no endpoints available for service "x"`,
  ],
  [
    'an admission webhook that is down',
    'failed calling webhook "mfunctions.of.io": failed to call webhook: Post "https://x": dial tcp: connection refused',
  ],
  ['a change of the leader', 'etcdserver: leader changed'],
])('500 because of %s is tried again', (_title, message) => {
  expect(isBusy({ status: 500, message })).toBe(true);
});
