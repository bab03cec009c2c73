import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Reads } from './reads.js';
import { Writes } from './writes.js';

/** Makes the service's database available in every module of its process: `Reads` to read, `Writes` to change. */
@Global()
@Module({})
export class DatabaseModule {
  static forSource(source: DataSource, writes: Writes): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DataSource, useValue: source },
        { provide: Reads, useValue: new Reads(source) },
        { provide: Writes, useValue: writes },
      ],
      exports: [DataSource, Reads, Writes],
    };
  }
}
