import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { AppLink } from '../../frame/app-link';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { pageQuery, type Page } from '../../rest/pages';
import { blocksOf } from './blocks-of';
import { compareBlocks, type Change, type Piece } from './compare-bodies';
import { addressOfVersion } from './versions';
import './compare.css';

const route = getRouteApi('/frame/reading/pages/diffpagesbyversion.action');

/** What was changed from one version of a page to another. */
export function CompareScreen() {
  const { text, language } = useTexts();
  const { pageId, originalVersion, revisedVersion } = route.useSearch();
  const { data: before } = useSuspenseQuery(pageQuery(pageId, originalVersion));
  const { data: after } = useSuspenseQuery(pageQuery(pageId, revisedVersion));
  const changes = useMemo(
    () => compareBlocks(blocksOf(before.body.view.value), blocksOf(after.body.view.value), language),
    [before, after, language],
  );
  const count = changes.filter(({ change }) => change !== 'same').length;
  useTitle(text('compare.title', { title: after.title }));
  return (
    <main id="content" tabIndex={-1} className="page compare">
      <h1>{text('compare.title', { title: after.title })}</h1>
      <div className="compare-versions">
        <Version page={before} />
        <span aria-hidden="true">→</span>
        <Version page={after} />
      </div>
      {before.title !== after.title && (
        <p className="compare-renamed">
          <Pieces
            pieces={[
              { text: before.title, change: 'removed' },
              { text: after.title, change: 'added' },
            ]}
          />
        </p>
      )}
      <p role="status">{text('compare.count', { count })}</p>
      <ol className="compare-blocks">
        {runsOf(changes).map((run, index) => (
          <Run key={index} run={run} />
        ))}
      </ol>
    </main>
  );
}

function Version({ page }: { page: Page }) {
  const { text, date } = useTexts();
  return (
    <p>
      <AppLink href={addressOfVersion(page.id, page.version.number)}>
        {text('page.version', { number: page.version.number })}
      </AppLink>
      <small>{text('information.byOn', { name: page.version.by.displayName, date: date(page.version.when) })}</small>
      {page.version.message && <small>{page.version.message}</small>}
    </p>
  );
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

function Run({ run: { isFolded, changes } }: { run: ReturnType<typeof runsOf>[number] }) {
  const { text } = useTexts();
  const blocks = changes.map((change, index) => <Block key={index} change={change} />);
  if (!isFolded) return blocks;
  return (
    <li>
      <details className="compare-folded">
        <summary>{text('compare.folded', { count: changes.length })}</summary>
        <ol className="compare-blocks">{blocks}</ol>
      </details>
    </li>
  );
}

function Block({ change: { kind, change, pieces } }: { change: Change }) {
  return (
    <li className={`compare-block ${kind} ${change}`}>
      <Pieces pieces={pieces} />
    </li>
  );
}

/** Added and removed text is named for those who don't see how it looks. */
function Pieces({ pieces }: { pieces: readonly Piece[] }) {
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
