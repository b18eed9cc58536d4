import { versionOf } from '../api-version';
import { ownEntry } from '../field-manager';
import type { LiveObject } from '../live-object';
import { isRecord, recordAt, textAt, valueAt, withoutUndefined, type JsonRecord } from '../record';

/**
 * The spec of a live Function without what the server adds to every one: it would add the same again. What ofn has set stays,
 * since a deploy without it would take it away. So do lists: who sets one sets all of it, and a shorter one would be in the way
 * of whoever set it.
 * Source: OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go, v1.2.0 apis/core/v1beta2/function_webhook.go; their CRDs.
 */
export function withoutDefaults(fn: Pick<LiveObject, 'apiVersion' | 'metadata'>, spec: JsonRecord): JsonRecord {
  const own = recordAt(ownEntry(fn)?.fieldsV1, ['f:spec']);
  const rest = unless(spec, { version: 'latest', workloadRuntime: 'OCIContainer' }, own);
  return versionOf(fn) === 'v1beta1' ? withoutHttpDefaults(rest, own) : withoutTriggerDefaults(rest, own);
}

/** Without the port and the Gateway that OpenFunction gives to HTTP functions. */
function withoutHttpDefaults(http: JsonRecord, own: JsonRecord): JsonRecord {
  const { route } = http;
  const isOwn = valueAt(own, ['f:route', 'f:gatewayRef']) !== undefined;
  return withoutUndefined({
    ...unless(http, { port: 8080 }, own),
    route: isRecord(route) && !isOwn ? withoutGateway(route) : route,
  });
}

function withoutGateway({ gatewayRef, ...route }: JsonRecord): JsonRecord | undefined {
  const isDefault = ['name', 'namespace'].every((key) => textAt(gatewayRef, [key]) === 'openfunction');
  const own = isDefault ? route : withoutUndefined({ ...route, gatewayRef });
  return Object.keys(own).length > 0 ? own : undefined;
}

/** The HTTP trigger itself stays: it says what the function is. */
function withoutTriggerDefaults(spec: JsonRecord, own: JsonRecord): JsonRecord {
  const http = valueAt(spec, ['serving', 'triggers', 'http']);
  if (!isRecord(http)) return spec;
  const ownHttp = recordAt(own, ['f:serving', 'f:triggers', 'f:http']);
  const triggers = { ...recordAt(spec, ['serving', 'triggers']), http: withoutHttpDefaults(http, ownHttp) };
  return { ...spec, serving: { ...recordAt(spec, ['serving']), triggers } };
}

function unless(object: JsonRecord, defaults: JsonRecord, own: JsonRecord): JsonRecord {
  const isKept = ([key, value]: [string, unknown]): boolean => value !== defaults[key] || `f:${key}` in own;
  return Object.fromEntries(Object.entries(object).filter(isKept));
}
