import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { User } from '@kubernetes/client-node/dist/config_types.js';
import { execa, type ExecaError } from 'execa';
import { codeOf, UserError } from '../errors';
import { isRecord } from '../record';
import type { Kubeconfig } from './kubeconfig';

/** `exec` of a kubeconfig user (client.authentication.k8s.io). */
interface ExecConfig {
  apiVersion?: string;
  command: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  installHint?: string;
  interactiveMode?: 'Never' | 'IfAvailable' | 'Always';
  provideClusterInfo?: boolean;
}

const timeout = 180_000;

/**
 * Runs a credential plugin and returns the user with what it gave: a token, a client certificate, or both.
 *
 * KubeConfig could run it too, but hides its prompts, tells it nothing about the cluster, waits for ever
 * and runs it again for every request.
 * @throws UserError when the plugin is missing, fails, hangs, or gives no valid credential.
 */
export async function runExecPlugin(kubeconfig: Kubeconfig, limit = timeout): Promise<User> {
  const exec = kubeconfig.user.exec as ExecConfig;
  const interactive = exec.interactiveMode !== 'Never' && isatty(0);
  if (exec.interactiveMode === 'Always' && !interactive) throw needsTerminal(exec);

  let output: string;
  try {
    const result = await execa(exec.command, exec.args ?? [], {
      stdin: interactive ? 'inherit' : 'ignore',
      stderr: 'inherit',
      timeout: limit,
      env: {
        ...Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
        KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(exec, kubeconfig, interactive)),
      },
    });
    output = result.stdout;
  } catch (error) {
    throw pluginFailure(exec, error as ExecaError);
  }
  return { ...kubeconfig.user, exec: undefined, ...readCredential(exec, output) };
}

function execInfo(exec: ExecConfig, { cluster }: Kubeconfig, interactive: boolean): object {
  const info = {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.skipTLSVerify,
    'certificate-authority-data': cluster.caData ?? (cluster.caFile && readFileSync(cluster.caFile, 'base64')),
    'proxy-url': cluster.proxyUrl,
  };
  return {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    spec: { interactive, ...(exec.provideClusterInfo === true && { cluster: info }) },
  };
}

function readCredential(exec: ExecConfig, output: string): Partial<User> {
  let credential: unknown;
  try {
    credential = JSON.parse(output);
  } catch {
    throw invalid(exec, 'its output is not JSON.');
  }
  const status = isRecord(credential) ? credential['status'] : undefined;
  if (!isRecord(status)) throw invalid(exec, 'its output is no ExecCredential with a status.');
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = status;
  if (typeof expirationTimestamp === 'string' && Date.parse(expirationTimestamp) <= Date.now()) {
    throw invalid(exec, `its credential expired at ${expirationTimestamp}.`);
  }
  if (!token && !clientCertificateData) throw invalid(exec, 'it gave neither a token nor a client certificate.');
  return {
    ...(typeof token === 'string' && { token }),
    ...(typeof clientCertificateData === 'string' && {
      certData: toBase64(clientCertificateData),
      certFile: undefined,
    }),
    ...(typeof clientKeyData === 'string' && { keyData: toBase64(clientKeyData), keyFile: undefined }),
  };
}

/** Plugins give PEM text; the fields of a kubeconfig user hold it in base64. */
function toBase64(pem: string): string {
  return Buffer.from(pem).toString('base64');
}

function pluginFailure(exec: ExecConfig, error: ExecaError): UserError {
  const what = `Cannot log in: the credential plugin "${exec.command}" of the kubeconfig failed.`;
  if (codeOf(error) === 'ENOENT') {
    return new UserError(
      {
        what,
        why: 'The program is not installed, or not on the PATH.',
        remedy: exec.installHint ?? `Install ${exec.command}.`,
      },
      { cause: error },
    );
  }
  return new UserError({
    what,
    why: `${howItEnded(error)} Its own words, if any, stand above.`,
    remedy: 'Run it by hand to log in again, for instance: kubectl get namespaces',
  });
}

/** Never the message of the error: it repeats the arguments and the output, which may be the token. */
function howItEnded({ timedOut, exitCode, signal, code }: ExecaError): string {
  if (timedOut) return 'It did not end in time.';
  if (exitCode !== undefined) return `It ended with exit code ${exitCode}.`;
  return signal === undefined
    ? `It could not be started (${code ?? 'unknown error'}).`
    : `It was stopped by ${signal}.`;
}

function needsTerminal(exec: ExecConfig): UserError {
  return new UserError({
    what: `Cannot log in: the credential plugin "${exec.command}" needs a terminal, and there is none.`,
    remedy: 'Use a context with a token or a service account for unattended runs.',
  });
}

function invalid(exec: ExecConfig, why: string): UserError {
  return new UserError({
    what: `Cannot log in: the credential plugin "${exec.command}" gave no valid credential.`,
    why,
    remedy: 'Log in again with its own command.',
  });
}
