import { ClusterError, ConversionError, type Explanation } from '../errors';
import { redactText } from '../redact';
import { explainForbidden, lacksRight } from './explain-forbidden';
import { isBusy } from './busy';
import {
  conversionFailureOf,
  denialOf,
  isMissingNamespace,
  isTypeMismatch,
  isUnknownResourceType,
  isWebhookPanic,
  readStatus,
} from './status';
import type { ApiResponse, ClusterIdentity, Status, Subject } from './types';

/** What an error answer of the API server means and what to do about it. */
export function explainStatus(
  response: Pick<ApiResponse, 'status' | 'body'>,
  subject: Subject,
  identity: ClusterIdentity,
): ClusterError {
  const status = readStatus(response.body);
  const Kind = conversionFailureThatStays(response.status, status) ? ConversionError : ClusterError;
  return new Kind(explain(response.status, status, subject, identity), { status: response.status });
}

/** From which version the server cannot convert; undefined for other failures, and for one that may pass. */
function conversionFailureThatStays(code: number, status: Status): { from: string } | undefined {
  return isBusy({ status: code, message: status.message ?? '' }) ? undefined : conversionFailureOf(status);
}

function explain(code: number, status: Status, subject: Subject, identity: ClusterIdentity): Explanation {
  if (code === 401 || isAnonymous(status)) return explainUnauthorized(identity);
  if (isTerminatingNamespace(status)) return explainTerminating(subject);
  const denial = denialOf(status);
  if (denial) return explainDenial(denial, subject);
  if (code === 403 && lacksRight(status)) return explainForbidden(status, subject, identity);
  if (code === 404 && isMissingNamespace(status)) return explainMissingNamespace(subject);
  if (code === 404 && isUnknownResourceType(status)) return explainNotInstalled(subject, identity);
  if (code === 409) {
    return {
      ...refused(code, status, subject),
      remedy: 'Something else changed it at the same time: run the command again.',
    };
  }
  if (code === 413) {
    return {
      ...refused(code, status, subject),
      remedy: 'The function is too large for the API server: move data into a ConfigMap.',
    };
  }
  const conversion = conversionFailureThatStays(code, status);
  if (conversion) return explainConversion(conversion, status, subject);
  if (isWebhookPanic(status)) return explainPanic(status, subject);
  if (isTypeMismatch(status)) return refused(code, status, subject);
  if (code === 429 || code >= 500) return explainBusy(code, status, identity);
  return refused(code, status, subject);
}

function explainUnauthorized({ user, context, source }: ClusterIdentity): Explanation {
  return {
    what: `Not logged in to the cluster of context "${context}".`,
    why: `The server does not accept the credentials of user "${user}"; they may be missing or have expired.`,
    remedy: `Log in again, or correct the user in ${source}.`,
  };
}

/** Without any credentials the server knows a user by this name; no Role should be given to it. */
function isAnonymous({ message = '' }: Status): boolean {
  return message.includes('User "system:anonymous" cannot');
}

function isTerminatingNamespace({ details, message = '' }: Status): boolean {
  return (
    details?.causes?.some((cause) => cause.reason === 'NamespaceTerminating') === true ||
    message.includes('because it is being terminated')
  );
}

function explainTerminating({ namespace }: Subject): Explanation {
  return {
    what: `The namespace "${namespace}" is being deleted.`,
    why: 'Nothing can be created in it until it is gone.',
    remedy: `Wait until it is gone, then deploy again: kubectl wait --for=delete namespace/${namespace}`,
  };
}

function explainDenial({ webhook, reason }: { webhook: string; reason: string }, subject: Subject): Explanation {
  return {
    what: `The cluster refused ${describe(subject)}: ${redactText(reason)}`,
    why: `The admission webhook ${webhook} checks it.`,
    remedy:
      subject.verb === 'patch'
        ? 'Change the YAML so that it fits, or ask an administrator of the cluster about this rule.'
        : 'Ask an administrator of the cluster about this rule.',
  };
}

function explainMissingNamespace({ namespace }: Subject): Explanation {
  return {
    what: `The namespace "${namespace}" does not exist.`,
    remedy: `Create it with: kubectl create namespace ${namespace}\nor let ofn create it: add createNamespace: true to the props.`,
  };
}

function explainNotInstalled({ group }: Subject, { context, server }: ClusterIdentity): Explanation {
  return {
    what: 'OpenFunction is not installed on this cluster.',
    why: `The server ${server} (context "${context}") does not know ${group}/v1beta1 Functions.`,
    remedy:
      'Install OpenFunction 0.6 or later (https://openfunction.dev/docs/getting-started/installation/), or choose another context.',
  };
}

function explainConversion({ from }: { from: string }, { message = '' }: Status, subject: Subject): Explanation {
  const { name, namespace } = subject;
  if (from === 'v1beta2') {
    return {
      what: `The cluster cannot show ${nameOf(subject)} as v1beta1.`,
      why: redactText(message),
      remedy: `Another tool made it as v1beta2, in a way that OpenFunction cannot convert. See it with: kubectl get functions.v1beta2.core.openfunction.io ${name} -n ${namespace} -o yaml\nTo deploy it from here, leave out apiVersion, or remove it first: s remove`,
    };
  }
  return {
    what: `The cluster could not convert ${nameOf(subject)} between API versions.`,
    why: redactText(message),
    remedy:
      'OpenFunction 1.1 and later fail on some v1beta1 shapes: build.params without build.shipwright, build.srcRepo.bundleContainer, and keda.scaledJob. Otherwise the log of its webhook says more: kubectl logs -n openfunction deployment/openfunction-controller-manager',
  };
}

function explainPanic({ message = '' }: Status, subject: Subject): Explanation {
  return {
    what: `A webhook of the cluster broke down over ${nameOf(subject)}.`,
    why: redactText(message),
    remedy:
      'OpenFunction 1.1 does so for a function without serving. Otherwise its log says more: kubectl logs -n openfunction deployment/openfunction-controller-manager',
  };
}

function explainBusy(code: number, { message }: Status, { context }: ClusterIdentity): Explanation {
  const webhook = /failed calling webhook|conversion webhook/.test(message ?? '');
  return {
    what: webhook
      ? 'A webhook of the cluster does not respond.'
      : `The API server of context "${context}" is busy or failing (${code}).`,
    why: redactText(message || 'It gave no reason.'),
    remedy: webhook
      ? 'Check that the OpenFunction controller runs: kubectl get pods -n openfunction'
      : 'Several tries failed. Try again later, or ask an administrator of the cluster.',
  };
}

function refused(code: number, { message }: Status, subject: Subject): Explanation {
  return {
    what: `The cluster refused ${describe(subject)} (${code}).`,
    why: redactText(message || 'It gave no reason.'),
  };
}

/** For instance `to patch the function "hello" in namespace "default"`. */
function describe(subject: Subject): string {
  return `to ${subject.verb} ${nameOf(subject)}`;
}

function nameOf({ resource, name, namespace }: Subject): string {
  const place = namespace === undefined ? '' : ` in namespace "${namespace}"`;
  return `the ${resource.replace(/s$/, '')} "${name}"${place}`;
}
