import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '@tributary/platform';
import { join } from 'node:path';
import { addAdministrationCommands } from './administration/administration-commands.js';
import { RestClient } from './administration/rest-client.js';
import { clusterOptions, copies, port, type UpFlags } from './cluster-options.js';
import { ControlClient } from './control-client.js';
import { DataFolder } from './data-folder.js';
import { OperatorError, sentence } from './operator-error.js';
import { runInBackground, runInForeground } from './run-up.js';
import { runService } from './run-service.js';
import { installationFolder, serviceNames } from './services.js';
import { table } from './table.js';

interface DataFlag {
  readonly data: string;
}

const program = new Command('tributary')
  .description('Runs and operates a Tributary cluster on this machine.')
  .version(version)
  .showHelpAfterError('(--help shows what is possible)')
  .exitOverride();

const dataOption = () =>
  new Option('--data <dir>', 'folder of the cluster: database, files, secrets, logs')
    .env('TRIBUTARY_DATA')
    .default(join(installationFolder, '.data'), '.data beside the program');

const checked =
  (parse: (text: string) => number) =>
  (text: string): number => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError(sentence(error));
    }
  };

program
  .command('up')
  .description('Start a cluster: servers, then every service as its own process.')
  .addOption(dataOption())
  .option('--host <host>', 'address that the gateways listen to', '127.0.0.1')
  .option('--first-port <port>', 'port of the first gateway; the others follow', checked(port), 8090)
  .option('--gateways <n>', 'copies of the gateway', checked(copies), 2)
  .option('--pages <n>', 'copies of pages', checked(copies), 2)
  .option('--coordinators <n>', 'copies of the cluster coordinator', checked(copies), 2)
  .option('--identity <n>', 'copies of identity', checked(copies), 1)
  .option('--attachments <n>', 'copies of attachments', checked(copies), 1)
  .option('--search <n>', 'copies of search', checked(copies), 1)
  .addOption(new Option('--foreground', 'stay, until Ctrl-C (the default)').conflicts('detach'))
  .option(
    '--browser-setup',
    'a new wiki is set up in a browser, with a code that is printed; else admin gets a password',
  )
  .option('--detach', 'return when it runs; "tributary down" stops it')
  .action(async (flags: UpFlags & { detach?: boolean }) => {
    const options = clusterOptions(flags, process.env);
    if (flags.detach) await runInBackground(process.argv.slice(2), new DataFolder(flags.data));
    else await runInForeground(options);
  });

program
  .command('add <service>')
  .description(`Start one more copy: ${serviceNames.join(', ')}; or nats, postgres where it was stopped.`)
  .addOption(dataOption())
  .action(async (service: string, { data }: DataFlag) => {
    const added = await (await client(data)).add(service);
    print(`${added.nodeId} runs at ${added.url}`);
  });

program
  .command('stop <node>')
  .description('Let a process finish what it does, and end it for good.')
  .option('--kill', 'end it at once, as a crash would')
  .addOption(dataOption())
  .action(async (nodeId: string, { data, kill }: DataFlag & { kill?: boolean }) => {
    await (await client(data)).stop(nodeId, kill === true);
    print(`${nodeId} is stopped`);
  });

program
  .command('drain <node>')
  .description('Tell load balancers that a process will go, while it still answers.')
  .addOption(dataOption())
  .action(async (nodeId: string, { data }: DataFlag) => {
    await (await client(data)).drain(nodeId);
    print(`${nodeId} drains`);
  });

program
  .command('nodes')
  .description('List every process of the cluster.')
  .option('--json', 'as a JSON array, the same as in cluster.json')
  .addOption(dataOption())
  .action(async ({ data, json }: DataFlag & { json?: boolean }) => {
    const nodes = await (await client(data)).nodes();
    const rows = nodes.map((node) => [
      node.nodeId,
      node.state,
      node.version,
      String(node.pid),
      node.url,
      node.startedAt,
    ]);
    print(
      json ? JSON.stringify(nodes, null, 2) : table([['NODE', 'STATE', 'VERSION', 'PID', 'URL', 'STARTED'], ...rows]),
    );
  });

program
  .command('down')
  .description('Stop the whole cluster.')
  .addOption(dataOption())
  .action(async ({ data }: DataFlag) => {
    await (await client(data)).down();
    print('Stopped');
  });

program
  .command('run <service>')
  .description('Run one service in the foreground, configured by environment only, as a container does.')
  .action(runService);

addAdministrationCommands(program, {
  print,
  client: (command) => {
    const { data, url } = command.opts<DataFlag & { url?: string }>();
    return RestClient.of(new DataFolder(data), { url, env: process.env });
  },
  withOptions: (command) =>
    command
      .addOption(dataOption())
      .option('--url <url>', "a gateway or load balancer; else a gateway of the data folder's cluster")
      .option('--json', "the REST API's answer"),
});

async function client(data: string): Promise<ControlClient> {
  return await ControlClient.of(new DataFolder(data));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  // Commander has shown its own message or the help; everything that isn't the operator's to solve keeps its stack.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const full = error instanceof Error && !(error instanceof OperatorError);
    process.stderr.write(`${full ? error.stack : sentence(error)}\n`);
    process.exitCode = 1;
  }
}
