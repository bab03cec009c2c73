import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from './operator-error.js';

/** The services of a cluster, in the order in which they are shown and started. */
export const serviceNames = ['cluster-coordinator', 'identity', 'pages', 'attachments', 'search', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Servers that the command runs where none are configured. */
export const serverNames = ['postgres', 'nats'] as const;
export type ServerName = (typeof serverNames)[number];

export function isServiceName(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}

export function isServerName(name: string): name is ServerName {
  return (serverNames as readonly string[]).includes(name);
}

/** The repository's root, or wherever `apps/` was installed. */
export const installationFolder = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the services' programs lie. Specs put programs of their own there. */
export function appsFolder(env: NodeJS.ProcessEnv): string {
  return env['TRIBUTARY_APPS_DIR'] ?? join(installationFolder, 'apps');
}

export function serviceProgram(apps: string, service: ServiceName): string {
  const program = join(apps, service, 'dist', 'main.js');
  if (!existsSync(program)) {
    throw new OperatorError(`${service} is not built (${dirname(program)} has no main.js): run "npm run build" first.`);
  }
  return program;
}
