import type { Connected, Context } from './command';
import type { DockerSecret } from './docker-secret';

/** The Secret that deploy makes of a Docker login; undefined where the props want none. @throws UserError when there is no login */
export async function readSecret(context: Context, connected: Connected): Promise<DockerSecret | undefined> {
  if (context.props.imageCredentials?.fromDocker !== true) return undefined;
  const { secretFromDocker } = await import('./docker-secret');
  return secretFromDocker(context, connected);
}
