import { hidesSecret } from '../../redact';
import { warningAt } from '../problem';
import { entriesOf, itemsOf, type Rule } from './rule';

/** Whoever may read the Function can read what stands in it. Source: Dapr, secret references of components. */
export const clearCredentials: Rule = ({ serving }) =>
  (['bindings', 'pubsub', 'states'] as const).flatMap((kind) =>
    entriesOf(serving?.[kind]).flatMap(([key, { metadata }]) =>
      itemsOf(metadata)
        .filter(([, { name, value }]) => name !== undefined && hidesSecret(name, value))
        .map(([index, { name = '' }]) =>
          warningAt(
            ['serving', kind, key, 'metadata', index, 'value'],
            `holds a credential in clear, for all who may read the Function. Keep it in a Secret: kubectl create secret generic ${key}-credentials --from-literal=${name}=VALUE`,
            {
              serving: {
                [kind]: { [key]: { metadata: [{ name, secretKeyRef: { name: `${key}-credentials`, key: name } }] } },
              },
            },
          ),
        ),
    ),
  );
