import { Injectable } from '@nestjs/common';
import { forbidden, notFound, pages, type Actor, type RequestOf } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';

/** The content that an attachment hangs on, as an actor may see it. */
export interface Container {
  readonly id: string;
  readonly title: string;
  readonly spaceKey: string;
  readonly type: string;
}

type Operation = RequestOf<typeof pages.allowedContents>['operation'];

export const noContent = (id: string) => notFound(`No content found with id: ContentId{id=${id}}`);

/** What an actor may do with attachments is decided by the owner of their container, asked each time. */
@Injectable()
export class ContainerAccess {
  constructor(private readonly messaging: MessagingClient) {}

  /** `asked` is the id by which the client asked: where the container can't be read, the answer must not name it. */
  async requireRead(actor: Actor, containerId: string, asked = containerId): Promise<Container> {
    const container = await this.find(actor, containerId, 'read');
    if (!container) throw noContent(asked);
    return container;
  }

  /** Readable but not open to attachments is `forbidden`; what can't be read isn't there. */
  async requireAttach(actor: Actor, containerId: string, asked = containerId): Promise<Container> {
    const container = await this.find(actor, containerId, 'attach');
    if (container) return container;
    await this.requireRead(actor, containerId, asked);
    throw forbidden(`The user may not attach files to the content with id ${containerId}`);
  }

  /** As requireAttach, for taking away a file that `createdBy` added. */
  async requireRemove(actor: Actor, containerId: string, createdBy: string | null, asked: string): Promise<void> {
    if (await this.mayRemove(actor, containerId, createdBy)) return;
    await this.requireRead(actor, containerId, asked);
    throw forbidden(`The user may not remove this file from the content with id ${containerId}`);
  }

  async mayRemove(actor: Actor, containerId: string, createdBy: string | null): Promise<boolean> {
    if (await this.find(actor, containerId, 'removeAttachments')) return true;
    const isOwn = createdBy !== null && createdBy === actor.userKey;
    return isOwn && (await this.find(actor, containerId, 'removeOwnAttachments')) !== undefined;
  }

  private async find(actor: Actor, id: string, operation: Operation): Promise<Container | undefined> {
    const { allowed } = await this.messaging.request(pages.allowedContents, { actor, ids: [id], operation });
    return allowed[0];
  }
}
