import { hidesSecret } from '../../redact';
import type { DraftOf } from '../draft';
import type { DaprComponent } from '../generated/types';
import { warningAt } from '../problem';
import { entriesOf, itemsOf, type Rule } from './rule';

/** Whoever may read the Function can read what stands in it. Source: Dapr, secret references of components. */
export const clearCredentials: Rule = ({ serving }) =>
  (['bindings', 'pubsub', 'states'] as const).flatMap((kind) =>
    entriesOf(serving?.[kind]).flatMap(([key, { metadata }]) => {
      const credentials = itemsOf(metadata).filter(([, item]) => isCredential(item));
      const [first] = credentials;
      if (first === undefined) return [];
      const secret = secretFor(key);
      const keys = new Set(credentials.map(([, { name }]) => keyFor(name)));
      const values = [...keys].map((word) => `--from-literal=${word}=VALUE`).join(' ');
      const written = credentials.map(([, { name }]) => ({ name, secretKeyRef: { name: secret, key: keyFor(name) } }));
      return [
        warningAt(
          ['serving', kind, key, 'metadata', first[0], 'value'],
          `holds a credential in clear, for all who may read the Function. Keep it in a Secret: kubectl create secret generic ${secret} ${values}`,
          { serving: { [kind]: { [key]: { metadata: written } } } },
        ),
      ];
    }),
  );

type MetadataItem = DraftOf<DaprComponent['metadata'][number]>;

function isCredential({ name, value }: MetadataItem): boolean {
  return name !== undefined && hidesSecret(name, value);
}

/** A name for the Secret of a component. */
function secretFor(component: string): string {
  const isWord = /^[-a-zA-Z0-9._]{1,200}$/.test(component);
  const word = isWord ? component.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') : ''; // prettier-ignore
  return `${word || 'dapr'}-credentials`;
}

/** What can be a key of a Secret, and stands in a command as it is. */
function keyFor(name = ''): string {
  return /^(?!\.{1,2}$)[-._a-zA-Z0-9]{1,200}$/.test(name) ? name : 'value';
}
