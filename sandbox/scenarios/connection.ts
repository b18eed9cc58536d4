import type { Scenario } from './scenario';

const functions = 'functions';

/** What goes wrong between clients and the API server. */
export const connectionScenarios = {
  slow: { description: 'every answer is half a second late', faults: [{ on: {}, delay: 500 }] },
  'reset-before': {
    description: 'the first change of a Function is cut off before it is made',
    faults: [{ on: { verb: 'patch', resource: functions }, times: 1, reset: 'before' }],
  },
  'reset-after': {
    description: 'the first change of a Function is made, but its answer is cut off',
    faults: [{ on: { verb: 'patch', resource: functions }, times: 1, reset: 'after' }],
  },
  'reset-midway': {
    description: 'the first change of a Function is made, but its answer breaks off in the middle',
    faults: [{ on: { verb: 'patch', resource: functions }, times: 1, reset: 'midway' }],
  },
  'too-many-requests': {
    description: 'the API server is overloaded and asks to come back in a second, twice',
    faults: [
      {
        on: { resource: functions },
        times: 2,
        answer: {
          status: 429,
          reason: 'TooManyRequests',
          message: 'too many requests, please try again later',
          retryAfter: 1,
        },
      },
    ],
  },
  'server-errors': {
    description: 'the API server fails twice, then works',
    faults: [
      {
        on: { resource: functions },
        times: 1,
        answer: {
          status: 500,
          reason: 'InternalError',
          message: 'Internal error occurred: etcdserver: leader changed',
        },
      },
      { on: { resource: functions }, after: 1, times: 1, answer: { status: 503, message: 'no healthy upstream' } },
    ],
  },
  'webhook-down': {
    description: "OpenFunction's webhook cannot be reached",
    faults: [
      {
        on: { verb: ['create', 'update', 'patch'], resource: functions },
        answer: {
          status: 500,
          reason: 'InternalError',
          message:
            'Internal error occurred: failed calling webhook "mfunctions.of.io": Post "https://openfunction-webhook-service.openfunction.svc:443/mutate-core-openfunction-io-v1beta2-function?timeout=10s": dial tcp 10.0.0.12:443: connect: connection refused',
        },
      },
    ],
  },
  gone: {
    description: 'lists and watches of Functions are told that their resource version is too old',
    faults: [
      {
        on: { verb: ['list', 'watch'], resource: functions },
        times: 1,
        answer: { status: 410, reason: 'Expired', message: 'The resourceVersion for the provided list is too old.' },
      },
    ],
  },
  'watch-gone': {
    description: 'the first watch of Functions ends with an event that says that its resource version is too old',
    faults: [{ on: { verb: 'watch', resource: functions }, times: 1, stream: { end: 'gone' } }],
  },
  'watch-closes': {
    description: 'each watch of Functions ends cleanly after one event, five times',
    faults: [{ on: { verb: 'watch', resource: functions }, times: 5, stream: { afterLines: 1, end: 'close' } }],
  },
  'watch-breaks': {
    description: 'the first watch of Functions breaks after one event',
    faults: [{ on: { verb: 'watch', resource: functions }, times: 1, stream: { afterLines: 1, end: 'reset' } }],
  },
  'watch-silent': {
    description: 'the first watch of Functions falls silent and stays open',
    faults: [{ on: { verb: 'watch', resource: functions }, times: 1, stream: { end: 'silence' } }],
  },
  'split-utf8': {
    description: 'each byte of a watch or a log arrives alone',
    faults: [
      { on: { verb: 'watch' }, stream: { byteByByte: true } },
      { on: { resource: 'pods/log' }, stream: { byteByByte: true } },
    ],
  },
  'partial-lines': {
    description: 'the first watch of Functions and the first log end within a line',
    faults: [
      { on: { verb: 'watch', resource: functions }, times: 1, stream: { afterLines: 1, end: 'partial-line' } },
      { on: { resource: 'pods/log' }, times: 1, stream: { afterLines: 1, end: 'partial-line' } },
    ],
  },
  'expired-credentials': {
    description: 'after three requests the login has expired',
    faults: [{ on: {}, after: 3, answer: { status: 401, reason: 'Unauthorized', message: 'Unauthorized' } }],
  },
  'forbidden-watch': {
    description: 'Functions may be read and changed, but neither listed nor watched',
    faults: [
      {
        on: { verb: ['list', 'watch'], resource: functions },
        answer: {
          status: 403,
          reason: 'Forbidden',
          message:
            'functions.core.openfunction.io is forbidden: User "admin" cannot watch resource "functions" in API group "core.openfunction.io"',
        },
      },
    ],
  },
  'forbidden-apply': {
    description: 'Functions may be read, but not changed',
    faults: [
      {
        on: { verb: ['create', 'update', 'patch', 'delete'], resource: functions },
        answer: {
          status: 403,
          reason: 'Forbidden',
          message:
            'functions.core.openfunction.io is forbidden: User "admin" cannot patch resource "functions" in API group "core.openfunction.io"',
        },
      },
    ],
  },
} satisfies Record<string, Scenario>;
