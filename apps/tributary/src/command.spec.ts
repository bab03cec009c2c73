import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFixture, until } from './command.fixture.js';
import { DataFolder, type NodeEntry } from './data-folder.js';
import { commandOf } from './processes.js';

/** Real servers start and stop several times in a test. */
jest.setTimeout(90_000);

let command: CommandFixture;
beforeEach(async () => {
  command = await CommandFixture.make();
});
afterEach(async () => {
  await command.dispose();
});

const named = (nodeId: string): NodeEntry | undefined => command.nodes().find((node) => node.nodeId === nodeId);
const pids = (): number[] => command.nodes().map(({ pid }) => pid);
const allGone = async (processes: readonly number[]) =>
  (await Promise.all(processes.map(commandOf))).every((found) => found === undefined);
/** Twice what the servers have for themselves at the end. */
const longerThanServersMillis = 3_000;
const postgresLog = (): string => readFileSync(join(command.data, 'logs', 'postgres-1.log'), 'utf8');
const status = async (url: string) => (await fetch(`${url}/status`)).status;

describe('tributary up', () => {
  it('starts every process, says how to use them, and keeps secrets to their owner', async () => {
    const { code, stdout, stderr } = await command.up(['--gateways', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const password = readFileSync(join(command.data, 'admin-password'), 'utf8').trim();
    expect(stdout).toContain(`http://127.0.0.1:${command.firstPort}`);
    expect(stdout).toContain('admin-password');
    expect(stdout).not.toContain(password);
    for (const file of ['admin-password', 'secret', 'servers.json', 'supervisor.json', 'postgres-password']) {
      expect(statSync(join(command.data, file)).mode & 0o777).toBe(0o600);
    }
    expect(command.nodes().map(({ nodeId, state }) => `${nodeId} ${state}`)).toEqual(
      ['postgres-1', 'nats-1', 'pages-1', 'gateway-1', 'gateway-2'].map((nodeId) => `${nodeId} running`),
    );
    const listed = await command.run(['nodes', '--json']);
    expect(JSON.parse(listed.stdout)).toEqual(command.nodes());
    const environment = (await (await fetch(`${named('pages-1')?.url}/environment`)).json()) as Record<string, string>;
    expect(environment).toMatchObject({ TRIBUTARY_SERVICE: 'pages', TRIBUTARY_ADMIN_PASSWORD: password });
    expect(environment['TRIBUTARY_OBJECT_STORE']).toBe(`file://${join(command.data, 'objects')}`);
  });

  it('is ready within 10 s the second time, with the same data and secrets', async () => {
    await command.up();
    const read = () =>
      ['secret', 'admin-password', 'servers.json'].map((name) => readFileSync(join(command.data, name), 'utf8'));
    const before = read();
    expect((await command.run(['down'])).code).toBe(0);
    expect(command.nodes()).toEqual([]);
    const since = performance.now();
    expect((await command.up()).code).toBe(0);
    expect(performance.now() - since).toBeLessThan(10_000);
    expect(read()).toEqual(before);
  });

  it('refuses a folder that another run has', async () => {
    await command.up();
    const second = await command.up(['--first-port', String(command.firstPort + 10)]);
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Another Tributary \(process \d+\) runs on .*\.\n$/),
    });
    expect(named('gateway-1')?.state).toBe('running');
  });

  it('names the port that is in use, and starts nothing', async () => {
    const taken = createServer().listen(command.firstPort, '127.0.0.1');
    await once(taken, 'listening');
    const { code, stderr } = await command.up();
    taken.close();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`Port ${command.firstPort} of 127.0.0.1 is in use`),
    });
    expect(existsSync(join(command.data, 'postgres'))).toBe(false);
  });

  it('lists the ways to get a nats-server where none leads to one', async () => {
    const { code, stderr } = await command.up([], {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      TRIBUTARY_CACHE_DIR: join(command.scratch, 'cache'),
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: '',
      GOPROXY: 'off',
      GOMODCACHE: join(command.scratch, 'go'),
      TRIBUTARY_NATS_RELEASES: 'http://127.0.0.1:1',
    });
    expect(code).toBe(1);
    for (const way of ['TRIBUTARY_NATS_URL', 'PATH', 'cache', 'pip', 'go install', 'release download'])
      expect(stderr).toContain(way);
    expect(existsSync(join(command.data, 'postgres'))).toBe(false);
  });

  it('needs free disk space', () => {
    const folder = new DataFolder(command.data);
    expect(() => folder.prepare(Number.MAX_SAFE_INTEGER)).toThrow(/has \d+ MB free; at least \d+ MB are needed\.$/);
  });

  it.each(['/proc/tributary', '/etc/passwd/tributary'])('needs a folder that it can write, not %s', (path) => {
    expect(() => new DataFolder(path).prepare()).toThrow(/^The data folder .* can't be written: /);
  });

  it('leaves nothing running when one service does not start', async () => {
    const { code, stderr } = await command.up([], { SPEC_BROKEN: 'gateway' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^gateway-1 ended while it started; its log is .*\n$/),
    });
    expect(command.nodes()).toEqual([]);
    expect(existsSync(join(command.data, 'supervisor.json'))).toBe(false);
    expect(postgresLog()).toContain('database system is shut down');
  });

  it('says in one sentence why a service does not start, when that has said so', async () => {
    const { code, stderr } = await command.up([], { SPEC_BROKEN: 'gateway', SPEC_REASON: 'The moon is in the way.' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'The moon is in the way.\n' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends everything within 10 s of %s', async (signal) => {
    const up = command.foreground();
    await until(
      'the cluster runs',
      () => existsSync(join(command.data, 'cluster.json')) && named('gateway-1')?.state === 'running',
    );
    const started = pids();
    const since = performance.now();
    up.kill(signal);
    expect(await once(up, 'exit')).toEqual([0, null]);
    expect(performance.now() - since).toBeLessThan(10_000);
    expect(await allGone(started)).toBe(true);
    expect(command.nodes()).toEqual([]);
  });

  it('leaves a database that ends slowly the time that others did not need', async () => {
    await command.up();
    const postgres = named('postgres-1')?.pid as number;
    const children = readFileSync(`/proc/${postgres}/task/${postgres}/children`, 'utf8').trim().split(' ').map(Number);
    const commands = await Promise.all(children.map(commandOf));
    const checkpointer = children[commands.findIndex((each) => each?.includes('checkpointer'))] as number;
    process.kill(checkpointer, 'SIGSTOP');
    const down = command.run(['down']);
    await until('PostgreSQL to be stopped', () => postgresLog().includes('received fast shutdown request'));
    await sleep(longerThanServersMillis);
    process.kill(checkpointer, 'SIGCONT');
    expect((await down).code).toBe(0);
    expect(postgresLog()).toContain('database system is shut down');
  });

  it('leaves no process behind when it is killed, and starts again at once', async () => {
    await command.up();
    const started = pids();
    process.kill(command.supervisorPid(), 'SIGKILL');
    expect((await command.up()).code).toBe(0);
    expect(await allGone(started)).toBe(true);
    const again = pids();
    process.kill(command.supervisorPid(), 'SIGKILL');
    await until('its processes end by themselves', async () => await allGone(again));
  });
});

describe('a running cluster', () => {
  it('starts a process that crashed again, under its name and address', async () => {
    await command.up();
    for (const nodeId of ['pages-1', 'nats-1', 'postgres-1']) {
      const before = named(nodeId) as NodeEntry;
      process.kill(before.pid, 'SIGKILL');
      await until(
        `${nodeId} runs again`,
        () => named(nodeId)?.state === 'running' && named(nodeId)?.pid !== before.pid,
      );
      expect(named(nodeId)?.url).toBe(before.url);
    }
  });

  it('lets a service go that ended in order, as one that was removed does', async () => {
    await command.up();
    const { pid } = named('pages-1') as NodeEntry;
    process.kill(pid, 'SIGTERM');
    await until('it is no node any more', () => named('pages-1') === undefined);
    expect(named('gateway-1')?.state).toBe('running');
    expect((await command.run(['add', 'pages'])).stdout).toMatch(/^pages-2 runs at /);
  });

  it('tries a service that goes on crashing until it starts', async () => {
    const broken = join(command.scratch, 'broken');
    await command.up([], { SPEC_BROKEN: broken });
    writeFileSync(broken, '');
    const { pid } = named('pages-1') as NodeEntry;
    process.kill(pid, 'SIGKILL');
    await until('it failed anew', () => named('pages-1')?.state === 'failed' && named('pages-1')?.pid !== pid);
    rmSync(broken);
    await until('it runs', () => named('pages-1')?.state === 'running');
  });

  it('adds copies and gives a new gateway the port of one that was stopped', async () => {
    await command.up(['--gateways', '2']);
    const first = named('gateway-1') as NodeEntry;
    expect((await command.run(['stop', 'gateway-1', '--kill'])).code).toBe(0);
    expect(await allGone([first.pid])).toBe(true);
    expect(named('gateway-1')).toBeUndefined();
    expect((await command.run(['add', 'gateway'])).code).toBe(0);
    expect(named('gateway-3')).toMatchObject({ url: first.url, state: 'running' });
    expect(await status(first.url)).toBe(200);
    expect((await command.run(['add', 'pages'])).stdout).toMatch(/^pages-2 runs at /);
  });

  it('drains a gateway, which still answers', async () => {
    await command.up();
    const { url } = named('gateway-1') as NodeEntry;
    expect((await command.run(['drain', 'gateway-1'])).code).toBe(0);
    expect(named('gateway-1')?.state).toBe('draining');
    expect(readFileSync(join(command.data, 'logs', 'tributary.log'), 'utf8')).toMatch(
      /\dZ gateway-1 drains: a command/,
    );
    await until('it says so', async () => (await status(url)) === 503);
  });

  it('stops and brings back a server', async () => {
    await command.up();
    const before = named('nats-1') as NodeEntry;
    expect((await command.run(['stop', 'nats-1'])).code).toBe(0);
    expect((await command.run(['add', 'nats'])).code).toBe(0);
    expect(named('nats-1')).toMatchObject({ url: before.url, state: 'running' });
    expect((await command.run(['add', 'nats'])).stderr).toContain('runs already');
  });
});

describe('tributary run', () => {
  it('is the service itself: its environment, its signals, its exit code', async () => {
    const url = `http://127.0.0.1:${command.firstPort}`;
    const pages = command.service('pages', { TRIBUTARY_HOST: '127.0.0.1', TRIBUTARY_PORT: String(command.firstPort) });
    await until('it answers', async () => (await fetch(url).catch(() => undefined))?.status === 200);
    expect(await (await fetch(`${url}/environment`)).json()).toMatchObject({ TRIBUTARY_SERVICE: 'pages' });
    pages.kill('SIGTERM');
    expect(await once(pages, 'exit')).toEqual([0, null]);
  });
});

describe('mistakes', () => {
  it.each([
    [['run', 'wiki'], 'There is no service "wiki"'],
    [['nodes'], 'No cluster runs on'],
    [['down'], 'No cluster runs on'],
    [['up', '--gateways', 'two'], 'is not a number of copies'],
    [['up', '--first-port', '99999'], 'is not a port'],
    [['up', '--first-port', '65535'], 'which is no port'],
    [['up', '--foreground', '--detach'], 'cannot be used with'],
  ])('%j are one clear message', async (args, message) => {
    const { code, stderr } = await command.run(args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
    expect(stderr).not.toContain('    at ');
  });

  it.each([
    [{ TRIBUTARY_NATS_URL: 'nats://a:b:c' }, [], 'TRIBUTARY_NATS_URL is not an address'],
    [{ TRIBUTARY_NATS_URL: 'nats://127.0.0.1:1' }, [], 'No NATS server answers'],
    [{ TRIBUTARY_DATABASE_URL: 'postgres://127.0.0.1:1/x' }, [], 'No PostgreSQL answers'],
    [{ TRIBUTARY_SECRET: 'short' }, [], '64 hexadecimal digits are needed'],
    [{}, ['--host', '192.0.2.1'], "The gateways can't listen to 192.0.2.1"],
  ])('%j %j start nothing', async (env, args, message) => {
    const { code, stderr } = await command.up(args, env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(command.data, 'postgres'))).toBe(false);
  });

  it('names the services and nodes that there are', async () => {
    await command.up();
    expect((await command.run(['add', 'page'])).stderr).toContain('identity, pages, attachments');
    expect((await command.run(['stop', 'pages-9'])).stderr).toContain('pages-1');
  });
});
