/** A piece of a text. */
export interface Piece {
  readonly text: string;
  readonly change: 'same' | 'added' | 'removed';
}

/** What changed of how something is written or drawn, to be said in words: the message `compare.form.…`, with its values. */
export interface Note {
  readonly form:
    | 'cellColour'
    | 'columns'
    | 'empty'
    | 'formatting'
    | 'headingLevel'
    | 'link'
    | 'linkAdded'
    | 'linkRemoved'
    | 'macro'
    | 'mainParameter'
    | 'other'
    | 'parameter'
    | 'setting'
    | 'taskDone'
    | 'taskOpen'
    | 'toBulleted'
    | 'toHeader'
    | 'toHeading'
    | 'toNumbered'
    | 'toPlainCell'
    | 'toText';
  readonly values?: Readonly<Record<string, string>>;
}

/** A block as both versions have it, or one of them. */
export interface Change {
  /** A `holder` is what stands around other blocks: a panel, a table, a layout. */
  readonly kind: 'heading' | 'text' | 'item' | 'row' | 'code' | 'holder';
  readonly change: 'same' | 'added' | 'removed' | 'changed';
  /** What a holder without a name of its own is called: the message `compare.name.…`. */
  readonly name?: 'block' | 'cell' | 'layout' | 'list' | 'quote' | 'row' | 'table' | undefined;
  readonly pieces: readonly Piece[];
  readonly notes: readonly Note[];
  /** Of a row. */
  readonly cells?: readonly Cell[];
}

export interface Cell {
  readonly change: Change['change'];
  readonly blocks: readonly Change[];
  readonly notes: readonly Note[];
}
