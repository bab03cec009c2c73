import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { runCommand } from '@tributary/test-servers';
import { goProgram } from '../go-program.js';
import { Wire, type Weather } from './wire.js';

const stepMillisMax = 20_000;
const prefix = 'tributary';
const nobodysCard = '02:00:00:00:00:01';
/** Private addresses; which of them are free is looked up. */
const [secondMin, secondMax] = [200, 253];

/** Runs lines of shell as one step; the first that fails is the step's error. */
async function steps(lines: readonly string[]): Promise<void> {
  await runCommand('sh', ['-ec', lines.join('\n')], stepMillisMax);
}

/** Why this machine can't put nodes into networks of their own, in one sentence; undefined when it can. */
export async function obstacleToNetworks(): Promise<string | undefined> {
  try {
    const network = await Network.create();
    try {
      const [one, wire] = [await network.host('probe'), await goProgram('wire')];
      await one.suffer({ cut: 'both', seed: 1 }, wire).then((heal) => heal());
    } finally {
      await network.remove();
    }
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `This machine gives no network namespaces (that needs Linux, root, iproute2 and /dev/net/tun): ${reason}`;
  }
}

/**
 * A network of its own: hosts are network namespaces on one switch, with addresses that nobody else has. This machine has the first
 * address of it. Clients reach hosts by a second network, which nothing is done to.
 */
export class Network {
  private hosts = 0;

  private constructor(
    private readonly name: string,
    /** The first three numbers of the addresses of the cluster's network, and of the clients'. */
    private readonly inner: string,
    private readonly front: string,
    private readonly id: string,
  ) {}

  static async create(): Promise<Network> {
    await removeLeftOvers();
    const id = randomBytes(2).toString('hex');
    const { inner, front } = freeAddresses();
    const network = new Network(`${prefix}-${process.pid}-${id}`, inner, front, id);
    const hub = network.hub;
    await steps([
      `ip netns add ${hub}`,
      ...(['inner', 'front'] as const).flatMap((bridge) => [
        `ip -n ${hub} link add ${bridge} type bridge`,
        `ip -n ${hub} link set ${bridge} up`,
        `ip link add ${network.device(bridge)} type veth peer name up-${bridge} netns ${hub}`,
        `ip -n ${hub} link set up-${bridge} master ${bridge} up`,
        `ip addr add ${network[bridge]}.1/24 dev ${network.device(bridge)}`,
        `ip link set ${network.device(bridge)} up`,
      ]),
    ]);
    return network;
  }

  /** This machine's address in it. */
  get address(): string {
    return `${this.inner}.1`;
  }

  private get hub(): string {
    return `${this.name}-hub`;
  }

  /** This machine's end of the link to a bridge. */
  private device(bridge: 'inner' | 'front'): string {
    return `trb${this.id}${bridge[0]}`;
  }

  async host(name: string): Promise<Host> {
    const number = (this.hosts += 1);
    const space = `${this.name}-${name}`;
    const link = (bridge: 'inner' | 'front', device: string): string[] => [
      `ip -n ${this.hub} link add ${bridge}${number} type veth peer name ${device} netns ${space}`,
      `ip -n ${this.hub} link set ${bridge}${number} master ${bridge} up`,
      `ip -n ${space} addr add ${this[bridge]}.${number + 1}/24 dev ${device}`,
      `ip -n ${space} link set ${device} up`,
    ];
    await steps([
      `ip netns add ${space}`,
      `ip -n ${space} link set lo up`,
      ...link('inner', 'eth0'),
      ...link('front', 'eth1'),
    ]);
    const machine = { address: this.address, device: this.device('inner') };
    return new Host(
      name,
      space,
      this.hub,
      number,
      `${this.inner}.${number + 1}`,
      `${this.front}.${number + 1}`,
      machine,
    );
  }

  /** Its processes must have ended. */
  async remove(): Promise<void> {
    await removeSpaces((await spaces()).filter((space) => space.startsWith(`${this.name}-`)));
  }
}

/** One machine of the network. */
export class Host {
  constructor(
    readonly name: string,
    private readonly space: string,
    private readonly hub: string,
    private readonly number: number,
    /** In the cluster's network. */
    readonly address: string,
    /** In the clients' network. */
    readonly frontAddress: string,
    /** Where PostgreSQL is, and nothing else of the cluster. */
    private readonly machine: { readonly address: string; readonly device: string },
  ) {}

  /** A command that runs another one on this host, in its own process. */
  get within(): readonly [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.space];
  }

  /** The addresses that its connections to `port` lead to. */
  async peersAt(port: number): Promise<string[]> {
    const filter = ['state', 'established', `( dport = :${port} )`];
    const [ip, ...args] = this.within;
    const lines = await runCommand(ip, [...args, 'ss', '-Htn', ...filter], stepMillisMax);
    return [...lines.matchAll(/(\d+\.\d+\.\d+\.\d+):\d+\s*$/gm)].map(([, address = '']) => address);
  }

  /**
   * Cuts it off from PostgreSQL alone, silently, until the returned function is called: what the two send each other goes to a network
   * card that nobody has.
   */
  async losePostgres(): Promise<() => Promise<void>> {
    const { space, address, machine } = this;
    const entries = [
      `-n ${space} neigh CHANGE ${machine.address} dev eth0`,
      `neigh CHANGE ${address} dev ${machine.device}`,
    ];
    await steps(entries.map((entry) => `ip ${entry.replace('CHANGE', 'replace')} lladdr ${nobodysCard} nud permanent`));
    return () => steps(entries.map((entry) => `ip ${entry.replace('CHANGE', 'del')}`));
  }

  /** Puts a bad cable between it and the cluster's network, until the returned function is called. */
  async suffer(weather: Weather, program: string): Promise<() => Promise<void>> {
    const { hub, number } = this;
    const [near, far, bridge, port] = [`near${number}`, `far${number}`, `bad${number}`, `inner${number}`];
    const wire = await Wire.open(program, ['ip', 'netns', 'exec', hub], [near, far], weather);
    await steps([
      `ip -n ${hub} link add ${bridge} type bridge`,
      `ip -n ${hub} link set ${bridge} up`,
      `ip -n ${hub} link set ${near} master ${bridge} up`,
      `ip -n ${hub} link set ${far} master inner up`,
      `ip -n ${hub} link set ${port} master ${bridge}`,
    ]);
    return async () => {
      await steps([`ip -n ${hub} link set ${port} master inner`, `ip -n ${hub} link del ${bridge}`]);
      await wire.close();
    };
  }
}

async function spaces(): Promise<string[]> {
  return await readdir('/run/netns').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** A namespace's devices go with it, the other ends of its links too. */
async function removeSpaces(names: readonly string[]): Promise<void> {
  if (names.length > 0) await steps(names.map((name) => `ip netns del ${name}`));
}

/** Networks of tests that were killed. */
async function removeLeftOvers(): Promise<void> {
  const orphans = (await spaces()).filter((space) => {
    const [, pid] = new RegExp(`^${prefix}-(\\d+)-`).exec(space) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await removeSpaces(orphans);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freeAddresses(): { inner: string; front: string } {
  const own = Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []);
  for (let second = secondMin; second <= secondMax; second += 1) {
    const third = 2 * (process.pid % 100);
    const [inner, front] = [`10.${second}.${third}`, `10.${second}.${third + 1}`];
    if (!own.some((address) => address.startsWith(`10.${second}.`))) return { inner, front };
  }
  throw new Error('No private network from 10.200 to 10.253 is free');
}
