import { Injectable } from '@nestjs/common';
import { ClusterMember, type NearCache } from '@tributary/cluster';
import { rightsKeyOf, tags, type Actor } from '@tributary/contracts';
import { parseStorage, renderView, type RenderLocale, type RenderOutputType } from '@tributary/storage-format';
import type { ContentRow } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { RenderContexts } from './render-context.js';

export type Locale = RenderLocale;

/** Memory for rendered bodies in this process; a rendered page is about twice its storage. */
const cacheBytesMax = 32 * 1024 * 1024;

const renderedRepresentations: Record<string, RenderOutputType> = {
  view: 'view',
  export_view: 'export_view',
  styled_view: 'styled_view',
  anonymous_export_view: 'export_view',
};
const allRepresentations = ['editor', 'view', 'export_view', 'styled_view', 'storage', 'anonymous_export_view'];

interface Rendered {
  html: string;
  dependsOn: readonly string[];
  perActor: boolean;
}

/** For whom, in which language; and where the answer's dependencies are collected. */
export interface RenderRequest {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly dependsOn: Dependencies;
}

/** Bodies in the representations that clients ask for. */
@Injectable()
export class BodyPresenter {
  private readonly cache: NearCache<Rendered>;

  constructor(
    private readonly contexts: RenderContexts,
    member: ClusterMember,
  ) {
    this.cache = member.cache({
      name: 'pages.rendered',
      bytesMax: cacheBytesMax,
      same: ({ html }, other) => html === other.html,
    });
  }

  async present(row: ContentRow, names: readonly string[], request: RenderRequest): Promise<object> {
    const fields: Record<string, unknown> = {};
    for (const name of names.filter((known) => allRepresentations.includes(known))) {
      const output = renderedRepresentations[name];
      const value = output ? await this.render(row, output, request) : (row.body ?? '');
      fields[name] = { value, representation: name, _expandable: { content: `/rest/api/content/${row.id}` } };
    }
    const unexpanded = allRepresentations.filter((name) => !(name in fields));
    return { ...fields, _expandable: Object.fromEntries(unexpanded.map((name) => [name, ''])) };
  }

  /** The HTML of a content's body for this reader. */
  async render(row: ContentRow, output: RenderOutputType, request: RenderRequest): Promise<string> {
    const shared = `${row.id}/${row.version}/${output}/${request.locale}`;
    const load = async () => {
      const rendered = await this.renderFresh(row, output, request);
      const again = () => this.renderFresh(row, output, request);
      return { value: rendered, dependsOn: rendered.dependsOn, sizeBytes: rendered.html.length * 2, again };
    };
    const known = [tags.content(row.id)];
    let rendered = await this.cache.get(shared, load, known);
    // The shared entry then only says that readers differ; each has one of their own, as long as their rights are the same.
    if (rendered.perActor) rendered = await this.cache.get(`${shared}/${rightsKeyOf(request.actor)}`, load, known);
    request.dependsOn.add(...rendered.dependsOn);
    if (rendered.perActor) request.dependsOn.perActor = true;
    if (rendered.dependsOn.length === 0) request.dependsOn.unnamed();
    return rendered.html;
  }

  private async renderFresh(row: ContentRow, output: RenderOutputType, request: RenderRequest): Promise<Rendered> {
    const dependsOn = new Dependencies();
    dependsOn.add(tags.content(row.id));
    const content = { id: row.id, title: row.title, spaceKey: row.spaceKey, type: row.type };
    const context = this.contexts.create(content, output, { ...request, dependsOn });
    const { html, dependsOn: used, isCacheable } = await renderView(parseStorage(row.body ?? ''), context);
    dependsOn.add(...used);
    if (!isCacheable) dependsOn.unnamed();
    return { html, dependsOn: dependsOn.list(), perActor: dependsOn.perActor };
  }

  /** Storage that belongs to no version: conversion for a client. Throws StorageFormatError. */
  async renderStorage(
    storage: string,
    content: Pick<ContentRow, 'id' | 'title' | 'spaceKey' | 'type'> | null,
    output: RenderOutputType,
    request: RenderRequest,
  ): Promise<string> {
    const { html } = await renderView(parseStorage(storage), this.contexts.create(content, output, request));
    return html;
  }
}
