import { applySecret } from '../cluster/apply-secret';
import { UserError } from '../errors';
import { toDockerSecret } from '../function/docker-secret';
import { parseImage } from '../image';
import { dockerLogin, keyOf } from '../registry/docker-login';
import type { Connected, Context } from './command';

/**
 * The Secret that lets the cluster into the registry of the image, with the login of the user's Docker configuration.
 * Nothing is sent before it is applied.
 * @throws UserError when there is no login that a cluster can use
 */
export async function secretFromDocker(
  { props, logger, namespaceManifest }: Pick<Context, 'props' | 'logger' | 'namespaceManifest'>,
  { api, key }: Connected,
) {
  const { registry } = parseImage(props.image ?? '');
  const name = props.imageCredentials?.name ?? '';
  const found = await dockerLogin(registry);
  if (found === undefined) {
    throw new UserError({
      what: `There is no login for ${registry}, which imageCredentials.fromDocker is to bring into the cluster.`,
      why: 'Neither the Docker configuration nor its credential helpers have one.',
      remedy: `Log in: docker login ${registry}\nOr make the Secret "${name}" yourself and leave fromDocker out.`,
    });
  }
  const { login, from, isShortLived } = found;
  if (login.kind === 'token') {
    throw new UserError({
      what: `The login for ${registry} of ${from} is an identity token, which the nodes of a cluster cannot use.`,
      remedy: `Log in with a user name and an access token: docker login ${registry}`,
    });
  }
  const secretKey = { namespace: key.namespace, name };
  const manifest = (live: unknown): object => toDockerSecret(secretKey, { registry: keyOf(registry), ...login }, live);
  return {
    apply: async (force: boolean): Promise<void> => {
      const namespace = namespaceManifest(key.namespace);
      const outcome = await applySecret(api, { key: secretKey, manifest, namespaceManifest: namespace, force });
      logger.info(`Secret "${name}" ${outcome}: the login for ${registry} of ${from}.`);
      if (isShortLived) {
        logger.warn(`${from} makes logins that hold for some hours: pods that start later may not get their image.`);
      }
    },
  };
}
