import { Module } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { consumeEvent } from '@tributary/messaging';
import type { ServiceParts, StartedContext } from '@tributary/service';
import { AttachmentPresenter } from './files/attachment-presenter.js';
import { AttachmentWriter } from './files/attachment-writer.js';
import { AttachmentsController } from './files/attachments.controller.js';
import { Attachments1732400200001 } from './files/attachments.migration.js';
import { ContainerAccess } from './files/container-access.js';
import { orphanedObjects } from './files/orphaned-objects.job.js';

@Module({ controllers: [AttachmentsController], providers: [AttachmentPresenter, AttachmentWriter, ContainerAccess] })
class AttachmentsModule {}

/** What the attachments service is made of. */
export const attachmentsService: ServiceParts = {
  name: 'attachments',
  database: { schema: 'attachments', plansOnce: true, entities: [], migrations: [Attachments1732400200001] },
  modules: [AttachmentsModule],
  jobs: [orphanedObjects],
  afterStart: (context) => Promise.resolve(removeWithContents(context)),
};

/** Contents that are gone for good take their files with them. */
function removeWithContents({ connection, config, logger, get }: StartedContext) {
  const writer = get(AttachmentWriter);
  const options = { consumer: 'attachments', event: pages.contentPurged, replicas: config.natsReplicas, logger };
  return consumeEvent(connection, options, async (batch) => {
    await writer.removeOfContainers(batch.flatMap(({ ids }) => ids));
  });
}
