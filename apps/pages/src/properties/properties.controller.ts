import { Controller } from '@nestjs/common';
import { conflict, notFound, pages, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import type { z } from 'zod';
import {
  requireEdit,
  requireSpace,
  requireSpaceAdministrator,
  requireView,
  type Queries,
} from '../permissions/access.js';
import { contentOwner, encodeValue, presentProperty, PropertyStore, type Owner } from './property-store.js';

type OwnerName = z.output<typeof pages.PropertyOwner>;

const conflictingVersion = (found: number) =>
  conflict(`Version must be incremented on update. Current version is: ${found}`);

/** Properties of contents and spaces: who may view the owner reads them, who may edit it changes them. */
@Controller()
export class PropertiesController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly properties: PropertyStore,
  ) {}

  @Handle(pages.listProperties)
  async list({ actor, owner: name, start, limit }: RequestOf<typeof pages.listProperties>) {
    const owner = await this.readable(actor, name);
    const rows = await this.properties.list(owner, start, limit + 1);
    return {
      results: rows.slice(0, limit).map((row) => presentProperty(row, owner.path)),
      hasMore: rows.length > limit,
    };
  }

  @Handle(pages.getProperty)
  async get({ actor, owner: name, key }: RequestOf<typeof pages.getProperty>) {
    const owner = await this.readable(actor, name);
    const row = await this.properties.find(this.reads, owner, key);
    if (!row) throw notFound(`No property found with key : ${key}`);
    return presentProperty(row, owner.path);
  }

  @Handle(pages.createProperty)
  async create({ actor, owner, key, value }: RequestOf<typeof pages.createProperty>) {
    const text = encodeValue(value);
    return this.change(actor, owner, key, async (work, found) => {
      if (await this.properties.find(work, found, key)) throw conflict(`A property with key ${key} already exists`);
      await this.properties.insert(work, found, key, text, actor.userKey);
    });
  }

  @Handle(pages.updateProperty)
  async update({ actor, owner, key, value, version }: RequestOf<typeof pages.updateProperty>) {
    const text = encodeValue(value);
    return this.change(actor, owner, key, async (work, found) => {
      const present = await this.properties.find(work, found, key, true);
      if (version !== (present?.version ?? 0) + 1) {
        if (!present) throw notFound(`No property found with key : ${key}`);
        throw conflictingVersion(present.version);
      }
      if (present) await this.properties.replace(work, present.id, text, version, actor.userKey);
      else await this.properties.insert(work, found, key, text, actor.userKey);
    });
  }

  @Handle(pages.deleteProperty)
  async delete({ actor, owner, key }: RequestOf<typeof pages.deleteProperty>) {
    await this.writes.run(async (work) => {
      const found = await this.editable(work, actor, owner);
      const present = await this.properties.find(work, found, key, true);
      if (!present) throw notFound(`No property found with key : ${key}`);
      await this.properties.remove(work, present.id);
    });
    return {};
  }

  /** Runs a change of one property and answers its new state. */
  private async change(actor: Actor, name: OwnerName, key: string, apply: (work: Work, owner: Owner) => Promise<void>) {
    try {
      return await this.writes.run(async (work) => {
        const owner = await this.editable(work, actor, name);
        await apply(work, owner);
        const row = await this.properties.find(work, owner, key);
        if (!row) throw notFound(`No property found with key : ${key}`);
        return presentProperty(row, owner.path);
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw conflict(`A property with key ${key} already exists`);
      throw error;
    }
  }

  private async readable(actor: Actor, name: OwnerName): Promise<Owner> {
    if (name.kind === 'content') return contentOwner((await requireView(this.reads, actor, name.id)).id);
    return spaceOwner(await requireSpace(this.reads, actor, name.key));
  }

  private async editable(work: Work & Queries, actor: Actor, name: OwnerName): Promise<Owner> {
    if (name.kind === 'space') {
      const space = await requireSpaceAdministrator(work, actor, name.key);
      work.changes(tags.space(space.key));
      return spaceOwner(space);
    }
    const content = await requireEdit(work, actor, name.id);
    work.changes(tags.content(content.id));
    work.emit(pages.contentChanged, { ids: [content.id] });
    return contentOwner(content.id);
  }
}

const spaceOwner = (space: { id: string; key: string }): Owner => ({
  column: 'space_id',
  id: space.id,
  path: `/rest/api/space/${encodeURIComponent(space.key)}`,
});
