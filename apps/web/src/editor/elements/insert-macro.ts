import { openStorage, sourceOf } from '@tributary/editor-document';
import { macro, type MacroDeclaration, type StorageElement } from '@tributary/storage-format';
import type { Command } from 'prosemirror-state';
import { insertBlock } from '../insertions';

/** A macro as it is before anything of it is set. */
export const newMacro = ({ name, body }: Pick<MacroDeclaration, 'name' | 'body'>): StorageElement =>
  macro(name, {}, body === 'rich' ? { rich: [] } : body === 'plain' ? { plain: '' } : undefined);

/** Puts a macro where the cursor is: into the line when it is one that stands in a line, else as a block with the cursor in its body. */
export const insertMacro =
  (added: StorageElement): Command =>
  (state, dispatch, view) => {
    const node = openStorage(sourceOf(added)).doc.firstChild;
    if (node === null) return false;
    const [inline] = node.type.name === 'paragraph' ? node.children : [];
    if (inline === undefined) return insertBlock(() => node)(state, dispatch, view);
    dispatch?.(state.tr.replaceSelectionWith(inline, true).scrollIntoView());
    return true;
  };
