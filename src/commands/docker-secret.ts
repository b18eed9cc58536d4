import { applySecret, type SecretOutcome } from '../cluster/apply-secret';
import { UserError } from '../errors';
import { toDockerSecret } from '../function/docker-secret';
import { dockerKeyOf, parseImage } from '../image';
import { configFile, dockerLogin } from '../registry/docker-login';
import type { Connected, Context } from './command';

/** A Secret that is not there yet, or not with this login. */
export interface DockerSecret {
  /** @param force whether to take over what belongs to others */
  apply: (force: boolean) => Promise<void>;
  /** Tells what apply would do. */
  foresee: (force: boolean) => Promise<void>;
}

/**
 * The Secret that lets the cluster into the registry of the image, with the login of the user's Docker configuration.
 * Nothing is sent before it is applied.
 * @throws UserError when there is no login that a cluster can use
 */
export async function secretFromDocker(
  { props, logger, namespaceManifest }: Pick<Context, 'props' | 'logger' | 'namespaceManifest'>,
  { api, key }: Connected,
): Promise<DockerSecret> {
  const { registry, repository } = parseImage(props.image ?? '');
  const name = props.imageCredentials?.name ?? '';
  const found = await dockerLogin(registry);
  if (found === undefined) {
    throw new UserError({
      what: `There is no login for ${registry}, which imageCredentials.fromDocker is to bring into the cluster.`,
      why: `Neither ${configFile()} nor its credential helpers have one.`,
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
  const manifest = (live: unknown): object =>
    toDockerSecret(secretKey, { registry: dockerKeyOf(registry), ...login }, live);
  const apply = (force: boolean, dryRun: boolean): Promise<SecretOutcome> =>
    applySecret(api, {
      key: secretKey,
      manifest,
      namespaceManifest: namespaceManifest(key.namespace),
      force,
      dryRun,
      beforeChange: requireAccepted,
    });
  return {
    apply: async (force: boolean): Promise<void> => {
      const outcome = await apply(force, false);
      logger.info(`Secret "${name}" ${outcome}: the login for ${registry} of ${from}.`);
      if (isShortLived) {
        logger.warn(`${from} makes logins that hold for some hours: pods that start later may not get their image.`);
      }
    },
    foresee: async (force: boolean): Promise<void> => {
      const outcome = await apply(force, true);
      if (outcome !== 'unchanged') {
        logger.info(`Secret "${name}" would be ${outcome}: the login for ${registry} of ${from}.`);
      }
    },
  };

  async function requireAccepted(): Promise<void> {
    const { requireLogin } = await import('../registry/check-login');
    const { withRegistry } = await import('../registry/with-registry');
    await withRegistry(registry, { login: found }, (opened) => requireLogin(opened, repository));
  }
}
