import { isBusyStatus } from '../http/retry';
import { isTypeMismatch, isWebhookPanic } from './status';

/** Whether a later try may fare better: the API server is overloaded, or it or a webhook of it is not there at the moment. */
export function isBusy({ status, message }: { status: number; message: string }): boolean {
  if (isTypeMismatch({ message }) || isWebhookPanic({ message }) || isOfConversion(message)) return false;
  return isBusyStatus(status);
}

/**
 * Whether a conversion failed for the sake of the object: the webhook panicked on it and dropped the connection,
 * or said what is wrong. All else is about the way to the webhook, and begins with its address.
 */
function isOfConversion(message: string): boolean {
  return /conversion webhook for [^:]* failed: (?!Post "[^"]*": (?!EOF))/.test(message);
}
