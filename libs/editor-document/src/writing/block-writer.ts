import { attributeOf, childOf, type StorageElement, type StorageNode } from '@tributary/storage-format';
import type { Node } from 'prosemirror-model';
import { elementOf, filled, nodesOf, withAttribute, withChildText } from '../frame.js';
import { cellOf } from '../reading/block-reader.js';
import { withWidths } from '../reading/columns.js';
import { widthsOfRows } from '../reading/sized-rows.js';
import { isSection } from '../reading/tables.js';
import { writeInline } from './inline-writer.js';
import type { NewTaskIds } from './task-ids.js';

const elementByBlock: Readonly<Record<string, string>> = {
  paragraph: '<p />',
  blockquote: '<blockquote />',
  bullet_list: '<ul />',
  ordered_list: '<ol />',
  list_item: '<li />',
  task_list: '<ac:task-list />',
  task: '<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body /></ac:task>',
  preformatted: '<pre />',
  division: '<div />',
  definition_list: '<dl />',
  definition_term: '<dt />',
  definition: '<dd />',
  table: '<table><tbody /></table>',
  table_row: '<tr />',
  table_cell: '<td />',
  table_header: '<th />',
  layout: '<ac:layout />',
  layout_section: '<ac:layout-section ac:type="single" />',
  layout_cell: '<ac:layout-cell />',
  rule: '<hr />',
  rich_macro: '<ac:structured-macro ac:name="info" ac:schema-version="1"><ac:rich-text-body /></ac:structured-macro>',
  plain_macro: '<ac:structured-macro ac:name="code" ac:schema-version="1"><ac:plain-text-body /></ac:structured-macro>',
};

/** Nodes that a command turns into another kind, whose element then has another name. */
const renamed = new Set(['paragraph', 'bullet_list', 'ordered_list', 'table_cell', 'table_header']);
/** Where text without an element around it is how Confluence writes it. */
const holdBareText = new Set(['list_item', 'task', 'table_cell', 'table_header']);

/** Writes a block once, and the tasks in it one after another with the numbers that they get. */
export class BlockWriter {
  private writtenTasks = 0;

  constructor(private readonly taskIds: NewTaskIds = []) {}

  /** One block with what stands before it. */
  write(node: Node, parent: Node, index: number): readonly StorageNode[] {
    return [...nodesOf(String(node.attrs['before'] ?? '')), ...this.content(node, parent, index)];
  }

  private children(parent: Node): StorageNode[] {
    return parent.children.flatMap((child, index) => this.write(child, parent, index));
  }

  /** Whether a block may come out as it was written before, where it stands now and with the numbers of its tasks. */
  maySayAgain(node: Node, parent: Node, index: number): boolean {
    return !this.isRenumbered && (node.attrs['form'] !== 'bare' || isBare(node, parent, index));
  }

  /** Whether a task in the block gets a new number. */
  get isRenumbered(): boolean {
    return this.taskIds.some((id) => id !== undefined);
  }

  /** A block without what stands before it. */
  content(node: Node, parent: Node, index: number): readonly StorageNode[] {
    switch (node.type.name) {
      case 'block_macro':
      case 'unknown_block':
        return nodesOf(String(node.attrs['source']));
      case 'paragraph':
        return isBare(node, parent, index) ? writeInline(node) : [filled(frameOfNode(node), writeInline(node))];
      case 'plain_macro': {
        const body: StorageNode[] = node.textContent === '' ? [] : [{ type: 'cdata', value: node.textContent }];
        return [filled(frameOfNode(node), body)];
      }
      case 'table':
        return [this.table(node)];
      default:
        return [filled(this.changedFrame(node), node.isTextblock ? writeInline(node) : this.children(node))];
    }
  }

  private changedFrame(node: Node): StorageElement {
    const frame = frameOfNode(node);
    if (node.type.name === 'task') return this.taskFrame(node, frame);
    if (node.type.name === 'table_cell' || node.type.name === 'table_header') return cellFrame(node, frame);
    return frame;
  }

  private taskFrame(node: Node, frame: StorageElement): StorageElement {
    const isDone = slotStatus(frame) === 'complete';
    const checked = node.attrs['checked'] as boolean;
    let task = isDone === checked ? frame : withChildText(frame, 'ac:task-status', checked ? 'complete' : 'incomplete');
    const id = this.taskIds[this.writtenTasks];
    this.writtenTasks += 1;
    if (id === undefined) return task;
    // A copy of a task is another task.
    task = withChildText(task, 'ac:task-id', String(id));
    return {
      ...task,
      children: task.children.filter((child) => !(child.type === 'element' && child.name === 'ac:task-uuid')),
    };
  }

  private table(node: Node): StorageElement {
    const frame = sizedFrame(node, frameOfNode(node));
    const rows = new Map<number, StorageNode[]>();
    let section = frame.children.filter(isSection).findIndex(({ name }) => name === 'tbody');
    node.forEach((row, _offset, index) => {
      section = (row.attrs['section'] as number | null) ?? section;
      rows.set(section, [...(rows.get(section) ?? []), ...this.write(row, node, index)]);
    });
    let at = -1;
    return {
      ...frame,
      children: frame.children.map((child) => {
        if (!isSection(child)) return child;
        at += 1;
        return { ...child, children: [...(rows.get(at) ?? []), ...child.children] };
      }),
    };
  }
}

function frameOfNode(node: Node): StorageElement {
  const { frame, level } = node.attrs as { frame: string | null; level?: number };
  const usual = level === undefined ? (elementByBlock[node.type.name] ?? '<p />') : `<h${level} />`;
  const element = elementOf(frame ?? usual);
  if (frame === null || !(level !== undefined || renamed.has(node.type.name))) return element;
  const { name } = elementOf(usual);
  return element.name === name ? element : { ...element, name };
}

const slotStatus = (task: StorageElement): string => {
  const status = task.children.find((child) => child.type === 'element' && child.name === 'ac:task-status');
  const [text] = status?.type === 'element' ? status.children : [];
  return text?.type === 'text' ? text.value : '';
};

/** A table's frame with the widths of its columns, where a command changed them or the columns. */
function sizedFrame(node: Node, frame: StorageElement): StorageElement {
  const widths = widthsOfRows(node.children);
  const hasNone = widths.every((width) => width === null);
  if (JSON.stringify(widths) === node.attrs['widths'] || (hasNone && childOf(frame, 'colgroup') === undefined)) {
    return frame;
  }
  return withWidths(frame, widths);
}

/** The class that tells a cell's colour to clients which know only classes. */
function classOf(cell: StorageElement, colour: string | null): string | null {
  const others = (attributeOf(cell, 'class') ?? '').split(/\s+/).filter((each) => !/^(?:highlight-|$)/.test(each));
  return [...(colour === null ? [] : [`highlight-${colour}`]), ...others].join(' ') || null;
}

/** A cell as it was, apart from what a command changed. */
function cellFrame(node: Node, frame: StorageElement): StorageElement {
  const known = cellOf(frame);
  const { colspan, rowspan, colour } = node.attrs as typeof known;
  const span = (value: number) => (value === 1 ? null : String(value));
  let cell = frame;
  if (colspan !== known.colspan) cell = withAttribute(cell, 'colspan', span(colspan));
  if (rowspan !== known.rowspan) cell = withAttribute(cell, 'rowspan', span(rowspan));
  if (colour !== known.colour) {
    cell = withAttribute(withAttribute(cell, 'class', classOf(cell, colour)), 'data-highlight-colour', colour);
  }
  return cell;
}

/** Whether a paragraph is written without an element; two in a row would become one. */
export function isBare(node: Node, parent: Node, index: number): boolean {
  const form = String(node.attrs['form']);
  if (form === 'filler')
    return parent.childCount === 1 && (node.content.size === 0 || holdBareText.has(parent.type.name));
  if (form !== 'bare') return false;
  const before = index > 0 ? parent.child(index - 1) : null;
  return before?.type.name !== 'paragraph' || before.attrs['form'] === 'element';
}
