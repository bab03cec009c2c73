import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { MessagingClient } from './client.js';

/** Makes the client for requests available in every module of a process. */
@Global()
@Module({})
export class MessagingModule {
  static forConnection(connection: NatsConnection): DynamicModule {
    return {
      module: MessagingModule,
      providers: [{ provide: MessagingClient, useValue: new MessagingClient(connection) }],
      exports: [MessagingClient],
    };
  }
}
