import { readServiceConfig, type ServiceConfig } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { openDatabase, type DatabaseOptions } from './data-source.js';
import { Writes, type Pin } from './writes.js';

/** The store of leases that the database belongs to. */
export const ownStore = 7;

/** The configuration of a process with the shortest time limits that there are. */
export const configOf = (databaseUrl: string): ServiceConfig =>
  readServiceConfig({
    TRIBUTARY_SERVICE: 'pages',
    TRIBUTARY_DATABASE_URL: databaseUrl,
    TRIBUTARY_DATABASE_CONNECTIONS: '2',
    TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS: '1000',
  });

export const optionsOf = (migrations: DatabaseOptions['migrations'] = []): DatabaseOptions => ({
  schema: 'spec',
  entities: [],
  migrations,
});

/** Makes `ownStore` the holder of a new database, and a table `effect` that a write may fill. */
export async function hold(databaseUrl: string): Promise<void> {
  const source = await openDatabase(configOf(databaseUrl), optionsOf());
  await source.query(`create schema cluster`);
  await source.query(`create table cluster.holder as select ${ownStore}::bigint as store`);
  await source.query(`create table effect (number int)`);
  await source.destroy();
}

/** Writes whose pins are granted when `pin` says so. */
export const writesOf = (
  source: DataSource,
  { store = ownStore, pin = async (): Promise<Pin> => ({ release: () => undefined }) } = {},
): Writes => new Writes(source, { store, pin }, undefined);
