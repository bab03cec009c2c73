import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Node } from 'prosemirror-model';

/** Where a file goes that is still on its way. */
interface Place {
  /** Grows with each file: of two at the same position, the earlier one stands before the later one. */
  readonly order: number;
  readonly name: string;
  readonly position: number;
}

type Change =
  | { readonly kind: 'opened'; readonly places: readonly Place[] }
  | { readonly kind: 'filled' | 'closed'; readonly order: number };

const key = new PluginKey<readonly Place[]>('upload places');
let orders = 0;

/** Marks where files will stand: at `at`, or behind what is selected, of which nothing is taken away. Answers what to fill, one for each file. */
export function openPlaces(
  state: EditorState,
  files: readonly { readonly name: string; readonly at?: number | undefined }[],
): { readonly transaction: Transaction; readonly orders: readonly number[] } {
  const places = files.map(({ name, at }) => ({
    name,
    position: Math.min(at ?? state.selection.to, state.doc.content.size),
    order: (orders += 1),
  }));
  const opened: Change = { kind: 'opened', places };
  return { transaction: state.tr.setMeta(key, opened), orders: places.map(({ order }) => order) };
}

/** Puts what arrived where its mark stands by now; undefined when the writer has deleted the text around it, and with it the mark. */
export function fillPlace(state: EditorState, order: number, node: Node): Transaction | undefined {
  const place = key.getState(state)?.find((each) => each.order === order);
  if (place === undefined) return undefined;
  const filled: Change = { kind: 'filled', order };
  const { position } = place;
  return state.tr.replaceRangeWith(position, position, node).setMeta(key, filled).setMeta('paste', true);
}

/** Takes the mark of a file away that won't come. */
export function closePlace(state: EditorState, order: number): Transaction {
  const closed: Change = { kind: 'closed', order };
  return state.tr.setMeta(key, closed);
}

/** Keeps the marks where they belong, whatever else is changed. */
export const uploadPlaces = (): Plugin =>
  new Plugin<readonly Place[]>({
    key,
    state: {
      init: () => [],
      apply: (transaction, places) => {
        const change = transaction.getMeta(key) as Change | undefined;
        const others = change?.kind === 'opened' ? places : places.filter(({ order }) => order !== change?.order);
        const moved = transaction.docChanged ? others.flatMap((place) => moveWith(transaction, place, change)) : others;
        return change?.kind === 'opened' ? [...moved, ...change.places] : moved;
      },
    },
    props: {
      decorations: (state) => {
        const places = key.getState(state) ?? [];
        if (places.length === 0) return null;
        return DecorationSet.create(
          state.doc,
          places.map(({ order, name, position }) =>
            Decoration.widget(position, () => mark(name), { side: -1, key: `upload ${order}`, ignoreSelection: true }),
          ),
        );
      },
    },
  });

/** What is typed at a mark comes behind it, and so does a file that was added later. */
function moveWith({ mapping }: Transaction, place: Place, change: Change | undefined): Place[] {
  const isBehind = change?.kind === 'filled' && change.order < place.order;
  const { pos, deletedAcross } = mapping.mapResult(place.position, isBehind ? 1 : -1);
  return deletedAcross ? [] : [{ ...place, position: pos }];
}

function mark(name: string): HTMLElement {
  const dom = document.createElement('span');
  dom.className = 'upload-place';
  dom.textContent = name;
  // The state of the upload below the text is what is heard.
  dom.setAttribute('aria-hidden', 'true');
  return dom;
}
