import { Injectable } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import { GatewayContext } from '../gateway-context.js';

/** Changes of so long are told together: an import of a space mustn't ask once for each page. */
const gatherMillis = 300;
/** Contents that wait to be told of; when more change at once, readers are told to look for themselves. */
const idsMax = 500;

/** Where a content is that changed: who may see it is asked for each reader whom it concerns. */
export interface LocatedChange {
  readonly id: string;
  readonly spaceKey: string;
  readonly containerId: string | null;
}

export interface ChangesListener {
  /** Empty: more changed than is told. */
  changed(changes: readonly LocatedChange[]): void;
}

/**
 * Contents as they change, for readers of this gateway. Listens only while somebody reads. Not promised: that each change is told;
 * whoever must know asks.
 */
@Injectable()
export class ChangesFeed {
  private readonly listeners = new Set<ChangesListener>();
  private readonly waiting = new Set<string>();
  private isTooMuch = false;
  private timer: NodeJS.Timeout | undefined;
  private stopHearing: (() => void) | undefined;

  constructor(
    private readonly messaging: MessagingClient,
    private readonly context: GatewayContext,
  ) {}

  /** Tells `listener` until the returned function is called. */
  listen(listener: ChangesListener): () => void {
    this.listeners.add(listener);
    this.stopHearing ??= this.context.hearChanges((ids) => this.take(ids));
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private rest(): void {
    this.stopHearing?.();
    this.stopHearing = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
    this.isTooMuch = false;
  }

  private take(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.waiting.size >= idsMax) this.isTooMuch = true;
      else this.waiting.add(id);
    }
    this.timer ??= setTimeout(() => void this.tell(), gatherMillis);
  }

  private async tell(): Promise<void> {
    this.timer = undefined;
    const ids = [...this.waiting];
    const isTooMuch = this.isTooMuch;
    this.waiting.clear();
    this.isTooMuch = false;
    const changes = isTooMuch ? [] : await this.locate(ids);
    if (!changes) return;
    for (const listener of this.listeners) listener.changed(changes);
  }

  /** Empty when it can't be known: readers then look for themselves, as after too much. */
  private async locate(ids: string[]): Promise<readonly LocatedChange[] | undefined> {
    try {
      const { located } = await this.messaging.request(pages.locateContents, { ids });
      return located.length === 0 ? undefined : located;
    } catch (error) {
      this.context.logger.debug({ err: error }, 'changes could not be located');
      return [];
    }
  }
}
