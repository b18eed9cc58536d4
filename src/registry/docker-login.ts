import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { codeOf, messageOf, UserError } from '../errors';
import { dockerKeyOf, hostOf } from '../image';
import { isRecord, textAt, valueAt, type JsonRecord } from '../record';
import type { FoundLogin, Login } from './login';

/** Helpers that make a login for some hours each time they are asked. */
const cloudHelpers = /^(ecr-login|gcloud|gcr|acr-env|acr-login|ecr)$/;

/** Clouds name the user so where the password is a token that holds for hours: AWS, Google, Azure. */
function isOfCloud(login: Login): boolean {
  return login.kind === 'password' && /^(AWS|oauth2accesstoken|0{8}(-0{4}){3}-0{12})$/.test(login.username);
}

/**
 * The user's login for a registry, found as `docker` finds it: DOCKER_AUTH_CONFIG, the credential helper of the registry,
 * the credential store, and what is written in config.json. Undefined when there is none.
 * @param registry as in the name of an image, for instance `ghcr.io`
 * @throws UserError when the configuration or a helper cannot be used
 */
export async function dockerLogin(registry: string): Promise<FoundLogin | undefined> {
  const key = dockerKeyOf(registry);
  const given = process.env['DOCKER_AUTH_CONFIG'];
  if (given) {
    const login = writtenLogin(parse(given, 'DOCKER_AUTH_CONFIG'), registry);
    if (login) return { login, from: 'DOCKER_AUTH_CONFIG', isShortLived: isOfCloud(login) };
  }
  const file = configFile();
  const config = readConfig(file);
  const helper = textAt(config, ['credHelpers', registry]) || textAt(config, ['credHelpers', key]);
  const store = helper || textAt(config, ['credsStore']);
  if (store !== '') {
    const { askHelper } = await import('./credential-helper');
    const login = await askHelper(store, key);
    if (login) {
      return {
        login,
        from: `the credential helper "${store}"`,
        isShortLived: cloudHelpers.test(store) || isOfCloud(login),
      };
    }
  }
  const login = writtenLogin(config, registry);
  return login && { login, from: file, isShortLived: isOfCloud(login) };
}

/** The folder of Docker's configuration. */
export function dockerFolder(): string {
  return process.env['DOCKER_CONFIG'] || path.join(homedir(), '.docker');
}

/** Where Docker keeps logins. */
export function configFile(): string {
  return path.join(dockerFolder(), 'config.json');
}

function readConfig(file: string): JsonRecord {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return {};
    throw unusable(file, messageOf(error), error);
  }
  return parse(text, file);
}

/** The reason must not quote the text: it holds passwords. */
function parse(text: string, source: string): JsonRecord {
  try {
    const config: unknown = JSON.parse(text);
    if (isRecord(config)) return config;
  } catch {
    throw unusable(source, 'It is not JSON.');
  }
  throw unusable(source, 'It is JSON, but not an object.');
}

function unusable(source: string, why: string, cause?: unknown): UserError {
  const what = `Cannot read the Docker configuration ${source}.`;
  return new UserError({ what, why, remedy: 'Correct it, or make it anew with: docker login' }, { cause });
}

/** A login may stand under the name of the registry, or an address of it. */
function writtenLogin(config: JsonRecord, registry: string): Login | undefined {
  const auths = valueAt(config, ['auths']);
  if (!isRecord(auths)) return undefined;
  const entry = auths[dockerKeyOf(registry)] ?? Object.entries(auths).find(([key]) => hostOf(key) === registry)?.[1];
  const identityToken = textAt(entry, ['identitytoken']);
  if (identityToken !== '') return { kind: 'token', identityToken };
  const decoded = Buffer.from(textAt(entry, ['auth']), 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : textAt(entry, ['username']);
  const password = colon > 0 ? decoded.slice(colon + 1) : textAt(entry, ['password']);
  return username === '' ? undefined : { kind: 'password', username, password };
}
