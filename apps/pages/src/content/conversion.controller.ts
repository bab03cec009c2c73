import { createHash } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { badRequest, notFound, pages, ServiceError, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import type { StorageElement, StorageNode } from '@tributary/storage-format';
import { requireView } from '../permissions/access.js';
import { BodyPresenter } from '../rendering/body-presenter.js';
import { parseBody, storageOf } from './bodies.js';
import { findRow } from './content-rows.js';
import { Dependencies } from './dependencies.js';

const convertible = new Set(['storage', 'editor', 'wiki']);

/** Bodies in other representations, and single macros of them. */
@Controller()
export class ConversionController {
  constructor(
    private readonly reads: Reads,
    private readonly bodies: BodyPresenter,
  ) {}

  @Handle(pages.convertBody)
  async convert({ actor, to, body, spaceKeyContext, contentIdContext, locale }: RequestOf<typeof pages.convertBody>) {
    if (to === 'wiki') throw new ServiceError('notImplemented', 'Converting to wiki markup is not supported yet');
    if (!convertible.has(body.representation))
      throw badRequest(`A body can't be converted from '${body.representation}'`);
    const storage = storageOf(body);
    if (to === 'storage' || to === 'editor') return { value: storage, representation: to };
    const context = contentIdContext ? await requireView(this.reads, actor, contentIdContext) : undefined;
    const content =
      context ?? (spaceKeyContext ? { id: '0', title: '', spaceKey: spaceKeyContext, type: 'page' as const } : null);
    const output = to === 'anonymous_export_view' ? 'export_view' : to;
    const value = await this.bodies.renderStorage(storage, content, output, {
      actor,
      locale,
      dependsOn: new Dependencies(),
    });
    return { value, representation: to };
  }

  @Handle(pages.getMacroBody)
  async macroBody({ actor, id, version, by, key }: RequestOf<typeof pages.getMacroBody>) {
    const row = await findRow(this.reads, actor, id, { version: version || undefined, withBody: true });
    await requireView(this.reads, actor, id);
    for (const macro of macrosIn(parseBody(row?.body ?? '').children)) {
      const body = plainBody(macro);
      const found =
        by === 'id' ? attribute(macro, 'ac:macro-id') === key : createHash('md5').update(body).digest('hex') === key;
      if (found) return { name: attribute(macro, 'ac:name') ?? '', body };
    }
    throw notFound(`No macro found in content ${id} with ${by} : ${key}`);
  }
}

const attribute = (element: StorageElement, name: string): string | undefined =>
  element.attributes.find((each) => each.name === name)?.value;

function* macrosIn(nodes: readonly StorageNode[]): Generator<StorageElement> {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    if (node.name === 'ac:structured-macro' || node.name === 'ac:macro') yield node;
    yield* macrosIn(node.children);
  }
}

const plainBody = (macro: StorageElement): string =>
  macro.children
    .flatMap((node) => (node.type === 'element' && node.name === 'ac:plain-text-body' ? node.children : []))
    .map((node) => (node.type === 'cdata' || node.type === 'text' ? node.value : ''))
    .join('');
