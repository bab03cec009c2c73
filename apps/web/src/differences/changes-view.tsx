import { useMemo } from 'react';
import { useTexts } from '../messages/language';
import type { Cell, Change, Note, Piece } from './change';
import { compareBodies } from './compare-bodies';
import './changes.css';

/** What changed from one body to another; compared once as long as they stay the same. */
export function useChanges(before: string, after: string): readonly Change[] {
  const { language } = useTexts();
  return useMemo(() => compareBodies(before, after, language), [before, after, language]);
}

/** Blocks that stayed the same around a change are shown; more of them are folded. */
const shownAround = 2;

/** Changes in runs: `folded` ones are far from everything that was changed. */
function runsOf(changes: readonly Change[]): { isFolded: boolean; changes: Change[] }[] {
  const isNear = changes.map((_, index) =>
    changes.slice(Math.max(0, index - shownAround), index + shownAround + 1).some(({ change }) => change !== 'same'),
  );
  const runs: { isFolded: boolean; changes: Change[] }[] = [];
  for (const [index, change] of changes.entries()) {
    const last = runs.at(-1);
    if (last && last.isFolded === !isNear[index]) last.changes.push(change);
    else runs.push({ isFolded: !isNear[index], changes: [change] });
  }
  return runs;
}

/** Changes in the order of reading; what is far from all of them can be unfolded. */
export function FoldedChanges({ changes }: { changes: readonly Change[] }) {
  return (
    <ol className="compare-blocks">
      {runsOf(changes).map((run, index) => (
        <Run key={index} run={run} />
      ))}
    </ol>
  );
}

/** All blocks, changed or not. */
export function AllChanges({ changes }: { changes: readonly Change[] }) {
  return (
    <ol className="compare-blocks">
      {changes.map((change, index) => (
        <Block key={index} change={change} />
      ))}
    </ol>
  );
}

function Run({ run: { isFolded, changes } }: { run: ReturnType<typeof runsOf>[number] }) {
  const { text } = useTexts();
  if (!isFolded) return changes.map((change, index) => <Block key={index} change={change} />);
  return (
    <li>
      <details className="compare-folded">
        <summary>{text('compare.folded', { count: changes.length })}</summary>
        <AllChanges changes={changes} />
      </details>
    </li>
  );
}

function Block({ change }: { change: Change }) {
  return (
    <li className={`compare-block ${change.kind} ${change.change}`}>
      <Line change={change} />
    </li>
  );
}

function Line({ change: { name, pieces, notes, cells } }: { change: Change }) {
  const { text } = useTexts();
  return (
    <>
      {name && <span>{text(`compare.name.${name}`)}</span>}
      <Pieces pieces={pieces} />
      {cells && (
        <ul className="compare-cells">
          {cells.map((cell, index) => (
            <RowCell key={index} cell={cell} />
          ))}
        </ul>
      )}
      <Notes notes={notes} />
    </>
  );
}

function RowCell({ cell: { change, blocks, notes } }: { cell: Cell }) {
  return (
    <li className={`compare-cell ${change}`}>
      {blocks.map((block, index) => (
        <div key={index} className={block.kind}>
          <Line change={block} />
        </div>
      ))}
      <Notes notes={notes} />
    </li>
  );
}

/** What isn't seen of the words is said. */
function Notes({ notes }: { notes: readonly Note[] }) {
  const { text } = useTexts();
  return notes.map(({ form, values }, index) => (
    <small key={index} className="compare-note">
      {text(`compare.form.${form}`, values)}
    </small>
  ));
}

/** Added and removed text is named for those who don't see how it looks. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const { text } = useTexts();
  return pieces.map((piece, index) => {
    if (piece.change === 'same') return <span key={index}>{piece.text}</span>;
    const Element = piece.change === 'added' ? 'ins' : 'del';
    return (
      <Element key={index}>
        <span className="visually-hidden">{text(`compare.${piece.change}`)} </span>
        {piece.text}
      </Element>
    );
  });
}
