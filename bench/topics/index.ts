import type { Topic } from '../bench';
import type { TopicName } from '../options';
import { build } from './build';
import { load } from './load';
import { logs } from './logs';
import { memory } from './memory';
import { requests } from './requests';
import { time } from './time';
import { validate } from './validate';
import { wait } from './wait';

export const topics: Record<TopicName, Topic> = { load, validate, wait, build, logs, requests, memory, time };
