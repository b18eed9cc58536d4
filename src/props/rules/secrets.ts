import { hidesSecret } from '../../redact';
import { warningAt } from '../problem';
import { entriesOf, itemsOf, type Rule } from './rule';

/** Whoever may read the Function can read what stands in it. Source: Dapr, secret references of components. */
export const clearCredentials: Rule = ({ serving }) =>
  (['bindings', 'pubsub', 'states'] as const).flatMap((kind) =>
    entriesOf(serving?.[kind]).flatMap(([key, { metadata }]) =>
      itemsOf(metadata)
        .filter(([, { name, value }]) => name !== undefined && hidesSecret(name, value))
        .map(([index, { name = '' }]) => {
          const secret = { name: `${wordOr(key, 'dapr')}-credentials`, key: wordOr(name, 'value') };
          return warningAt(
            ['serving', kind, key, 'metadata', index, 'value'],
            `holds a credential in clear, for all who may read the Function. Keep it in a Secret: kubectl create secret generic ${secret.name} --from-literal=${secret.key}=VALUE`,
            { serving: { [kind]: { [key]: { metadata: [{ name, secretKeyRef: secret }] } } } },
          );
        }),
    ),
  );

/** What can be a key of a Secret, and stands in a command as it is. */
function wordOr(text: string, other: string): string {
  return /^[-._a-zA-Z0-9]{1,200}$/.test(text) ? text : other;
}
