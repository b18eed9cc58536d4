import { randomInt } from 'node:crypto';

/** Five characters that make no words. Source: k8s.io/apimachinery util/rand. */
export function randomSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
