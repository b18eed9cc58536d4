import { versionOf } from '../api-version';
import { isRecord, recordAt, textAt, valueAt, withoutUndefined, type JsonRecord } from '../record';

/**
 * The spec of a live Function without what the server adds to every one: it would add the same again. Lists stay as they are:
 * who sets one sets all of it, and a shorter one would be in the way of whoever set it.
 * Source: OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go, v1.2.0 apis/core/v1beta2/function_webhook.go; their CRDs.
 */
export function withoutDefaults({ apiVersion, spec }: { apiVersion: string; spec: JsonRecord }): JsonRecord {
  const own = unless(spec, { version: 'latest', workloadRuntime: 'OCIContainer' });
  return versionOf({ apiVersion }) === 'v1beta1' ? withoutHttpDefaults(own) : withoutTriggerDefaults(own);
}

/** Without the port and the Gateway that OpenFunction gives to HTTP functions. */
function withoutHttpDefaults(http: JsonRecord): JsonRecord {
  const { route } = http;
  return withoutUndefined({
    ...unless(http, { port: 8080 }),
    route: isRecord(route) ? withoutGateway(route) : route,
  });
}

function withoutGateway({ gatewayRef, ...route }: JsonRecord): JsonRecord | undefined {
  const isDefault = ['name', 'namespace'].every((key) => textAt(gatewayRef, [key]) === 'openfunction');
  const own = isDefault ? route : withoutUndefined({ ...route, gatewayRef });
  return Object.keys(own).length > 0 ? own : undefined;
}

/** The HTTP trigger itself stays: it says what the function is. */
function withoutTriggerDefaults(spec: JsonRecord): JsonRecord {
  const http = valueAt(spec, ['serving', 'triggers', 'http']);
  if (!isRecord(http)) return spec;
  const triggers = { ...recordAt(spec, ['serving', 'triggers']), http: withoutHttpDefaults(http) };
  return { ...spec, serving: { ...recordAt(spec, ['serving']), triggers } };
}

function unless(object: JsonRecord, defaults: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => value !== defaults[key]));
}
