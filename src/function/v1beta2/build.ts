import { isRecord, type JsonRecord } from '../../record';
import { withGoDurations } from './durations';

/**
 * `params` become parameters of Shipwright, by name: in another order they would be another build.
 * All else is the same in both versions, `timeout` and `bundleContainer` included.
 */
export function toBuild({ params, shipwright, ...build }: JsonRecord): JsonRecord {
  const engine = toShipwright(shipwright, params);
  return { ...withGoDurations(build, 'timeout', 'builderMaxAge'), ...(engine !== undefined && { shipwright: engine }) };
}

function toShipwright(shipwright: unknown, params: unknown): unknown {
  const engine = isRecord(shipwright) ? withGoDurations(shipwright, 'timeout') : shipwright;
  if (!isRecord(params) || Object.keys(params).length === 0) return engine;
  const names = Object.keys(params).sort();
  return { ...(isRecord(engine) && engine), params: names.map((name) => ({ name, value: params[name] })) };
}
