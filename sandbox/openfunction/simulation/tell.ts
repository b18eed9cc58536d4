import type { KubeObject } from '../../apiserver/objects';
import type { Client } from '../../controllers/client';
import { isOlder } from './kinds';

/** Tells of a Function by an event. Only release 1.2 does. */
export function tell(
  client: Client,
  fn: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  if (!isOlder(fn)) client.event(fn, type, reason, message);
}
