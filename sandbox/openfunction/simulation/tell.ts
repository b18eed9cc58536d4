import type { KubeObject } from '../../apiserver/objects';
import type { Client } from '../../controllers/client';
import { isOlder } from './kinds';

/** Tells by an event what becomes of a Function or a Builder. Only release 1.2 does. */
export function tell(
  client: Client,
  about: KubeObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  if (!isOlder(about)) client.event(about, type, reason, message);
}
