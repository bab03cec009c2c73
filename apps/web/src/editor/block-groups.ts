import { Plugin } from 'prosemirror-state';

/** From so many blocks on, those that aren't near what is in sight are laid out when they come there. */
const longBlocks = 300;
/** Browsers look at every group with each frame, and at every block of a group that changed: few enough of both. */
const groupSize = 12;
/** A group in which so much was written is two. */
const groupSizeMax = 24;
/** As high as most blocks, until they have been laid out. */
const blockHeight = '3rem';

/** A table that is wider than the text scrolls with it, but a group that can be skipped cuts off what is wider than itself. */
const isWide = (block: Node): boolean =>
  block instanceof HTMLElement && block.classList.contains('tableWrapper') && block.scrollWidth > block.clientWidth;

/** Puts blocks that follow one another together. `begins` has the first of each group, so that a change regroups only its neighbours. */
export function groupsOf<Block extends object>(
  blocks: Iterable<Block>,
  begins: WeakSet<Block>,
  size: number,
): Block[][] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && last.length < size && !begins.has(block)) last.push(block);
    else {
      begins.add(block);
      groups.push([block]);
    }
  }
  return groups;
}

interface Group {
  readonly slot: HTMLSlotElement;
  readonly blocks: readonly Node[];
}

function newSlot(): HTMLSlotElement {
  const slot = document.createElement('slot');
  slot.style.display = 'flow-root';
  slot.style.contentVisibility = 'auto';
  slot.style.setProperty('overflow-clip-margin', '0.5rem');
  slot.addEventListener('contentvisibilityautostatechange', (change) => {
    const isSeen = change instanceof ContentVisibilityAutoStateChangeEvent && !change.skipped;
    if (isSeen && slot.assignedNodes().some(isWide)) slot.style.contentVisibility = 'visible';
  });
  return slot;
}

/**
 * Draws the blocks of a long text in groups that the browser can skip as a whole. The groups are in a shadow tree, so that in the document the
 * blocks are where ProseMirror has put them; a closed one, so that it doesn't look for their slots. Slots are the boxes of the groups: Chromium
 * selects nothing that goes from one element of a shadow tree to another.
 */
class BlockGroups {
  private readonly root: ShadowRoot;
  private readonly begins = new WeakSet<Node>();
  private readonly margins = new Map<string, readonly [top: number, bottom: number]>();
  private readonly changes = new MutationObserver(() => this.arrange(groupSizeMax));
  private groups = new Map<Node, Group>();

  constructor(private readonly text: HTMLElement) {
    this.root = text.attachShadow({ mode: 'closed', slotAssignment: 'manual' });
    this.arrange(groupSize);
    this.changes.observe(text, { childList: true });
  }

  /** Shows what was changed just now, without waiting for the browser to tell it. */
  update(): void {
    if (this.changes.takeRecords().length > 0) this.arrange(groupSizeMax);
  }

  destroy(): void {
    this.changes.disconnect();
  }

  private arrange(size: number): void {
    const before = this.groups;
    this.groups = new Map();
    let last: Group | undefined;
    for (const blocks of groupsOf(this.text.childNodes, this.begins, size)) {
      const [first] = blocks;
      if (!first) continue;
      const group = this.assigned(before.get(first), blocks);
      const next = last ? last.slot.nextSibling : this.root.firstChild;
      if (group.slot !== next) this.root.insertBefore(group.slot, next);
      this.groups.set(first, group);
      last = group;
    }
    for (const [first, { slot }] of before) if (!this.groups.has(first)) slot.remove();
    this.closeGaps();
  }

  /** A group with these blocks: the one that was there, if there was one. */
  private assigned(group: Group | undefined, blocks: readonly Node[]): Group {
    if (group?.blocks.length === blocks.length && blocks.every((block, at) => block === group.blocks[at])) return group;
    const slot = group?.slot ?? newSlot();
    slot.assign(...(blocks as (Element | Text)[]));
    slot.style.containIntrinsicBlockSize = `auto calc(${blocks.length} * ${blockHeight})`;
    return { slot, blocks };
  }

  /** The margins of two blocks would be one if they weren't in two groups. */
  private closeGaps(): void {
    let above: Node | undefined;
    for (const { slot, blocks } of this.groups.values()) {
      const overlap = above ? Math.min(this.marginsOf(above)[1], this.marginsOf(blocks[0])[0]) : 0;
      const margin = overlap > 0 ? `${-overlap}px` : '';
      if (slot.style.marginBlockStart !== margin) slot.style.marginBlockStart = margin;
      above = blocks.at(-1);
    }
  }

  private marginsOf(block: Node | undefined): readonly [top: number, bottom: number] {
    if (!(block instanceof HTMLElement)) return [0, 0];
    const kind = `${block.nodeName} ${block.className}`;
    const known = this.margins.get(kind);
    if (known) return known;
    const { marginBlockStart, marginBlockEnd } = getComputedStyle(block);
    const margins = [Number.parseFloat(marginBlockStart), Number.parseFloat(marginBlockEnd)] as const;
    this.margins.set(kind, margins);
    return margins;
  }
}

/** Lets the browser draw of a long text what is in sight, and a key cost what it costs in a short one. */
export function blockGroups(): Plugin {
  return new Plugin({
    view: ({ dom }) => {
      let groups: BlockGroups | undefined;
      const update = () => {
        if (groups) groups.update();
        else if (dom.childNodes.length > longBlocks) groups = new BlockGroups(dom);
      };
      update();
      return { update, destroy: () => groups?.destroy() };
    },
  });
}
