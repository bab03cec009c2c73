import { pathToFileURL } from 'node:url';
import { OperatorError } from './operator-error.js';
import { appsFolder, isServiceName, serviceNames, serviceProgram } from './services.js';

/** Becomes the service: its program takes over this process, signals included. */
export async function runService(name: string): Promise<void> {
  if (!isServiceName(name)) throw new OperatorError(`There is no service "${name}": ${serviceNames.join(', ')}.`);
  process.env['TRIBUTARY_SERVICE'] = name;
  await import(pathToFileURL(serviceProgram(appsFolder(process.env), name)).href);
}
