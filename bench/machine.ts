import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { repository } from './component';

/** The facts that figures depend on. */
export function describeMachine(kubectl: string, server: string, repetitions: string): string {
  const [cpu] = cpus();
  const facts = {
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB, load ${loadavg()[0]?.toFixed(2) ?? '?'} at the start`,
    programs: `Node ${process.version}, s ${versionOf('@serverless-devs/s')}, @kubernetes/client-node ${versionOf('@kubernetes/client-node')}, kubectl ${kubectl}`,
    server,
    repetitions,
  };
  return Object.entries(facts)
    .map(([name, fact]) => `- ${name}: ${fact}`)
    .join('\n');
}

function versionOf(name: string): string {
  const file = path.join(repository, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
