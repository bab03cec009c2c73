import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { AppLink } from '../../frame/app-link';
import { useTexts } from '../../messages/language';
import type { Page } from '../../rest/pages';
import { blogAddress } from '../addresses';
import { homePageIdQuery, type Space } from '../../rest/spaces';
import { sessionQuery } from '../../rest/session';
import { topId, useBranches } from './branches';
import { TreeList } from './tree-list';
import { rowsOf } from './tree-rows';
import './tree.css';
import { useMoving } from './use-moving';

/** The pages of a space. Branches are read when they are opened; those on the way to the page that is read are open. */
export function PageTree({ space, page }: { space: Space; page: Page | undefined }) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const [open, setOpen] = useOpenPages(page);
  const [windows, setWindows] = useState<ReadonlyMap<string, number>>(new Map());
  const { data, isError } = useQuery(homePageIdQuery(space.key));
  const homeId = isError ? null : data;
  const branches = useBranches(space.key, homeId, open, windows);
  const rows = rowsOf(topId, branches, open);
  const moving = useMoving(rows, homeId);
  const isAtHome = page !== undefined && page.id === homeId;

  const toggle = (id: string) => setOpen(open.has(id) ? without(open, id) : new Set([...open, id]));
  const more = (id: string) => {
    // At the top there are two lists: what is below the home page, and what is beside it.
    const ids = id === topId ? [topId, homeId ?? topId] : [id];
    setWindows(new Map([...windows, ...ids.map((each) => [each, (windows.get(each) ?? 1) + 1] as const)]));
  };
  return (
    <nav aria-label={text('tree.label', { space: space.name })} className="tree">
      <AppLink className="tree-space" href={space._links.webui} aria-current={isAtHome ? 'page' : undefined}>
        {space.name}
      </AppLink>
      {rows.length === 0 ? (
        <p className="tree-note">{text('tree.none')}</p>
      ) : (
        <TreeList
          label={text('tree.label', { space: space.name })}
          rows={rows}
          currentId={page?.id}
          homeId={homeId}
          toggle={toggle}
          more={more}
          move={(move) => void moving.move(move)}
        />
      )}
      <MovedNote {...moving} />
      <AppLink className="tree-settings" href={blogAddress(space.key)}>
        {text('blog.title')}
      </AppLink>
      {user?.type === 'known' && (
        <AppLink
          className="tree-settings"
          href={`/spaces/viewspacesummary.action?key=${encodeURIComponent(space.key)}`}
        >
          {text('spaces.settings')}
        </AppLink>
      )}
    </nav>
  );
}

/** Tells how a move ended, and takes it back. */
function MovedNote({ moved, goBack, forget }: Pick<ReturnType<typeof useMoving>, 'moved' | 'goBack' | 'forget'>) {
  const { text } = useTexts();
  const back = moved && 'back' in moved ? moved.back : undefined;
  return (
    <div role="status" className={moved ? 'tree-moved' : undefined}>
      {moved && (
        <>
          <span>{'title' in moved ? text('tree.moved', { title: moved.title }) : text(moved.failure)}</span>
          {back && (
            <button type="button" className="link" onClick={() => void goBack(back)}>
              {text('tree.undo')}
            </button>
          )}
          <button type="button" className="icon-button" aria-label={text('tree.close')} onClick={forget}>
            <X size={14} aria-hidden />
          </button>
        </>
      )}
    </div>
  );
}

const without = (set: ReadonlySet<string>, id: string): Set<string> => new Set([...set].filter((each) => each !== id));

/** Which pages are open: those that the reader opened, and on each new page it and all above it. */
function useOpenPages(page: Page | undefined) {
  const way = page ? [page.id, ...page.ancestors.map((ancestor) => ancestor.id)] : [];
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(way));
  const [shown, setShown] = useState(page?.id);
  if (shown !== page?.id) {
    setShown(page?.id);
    setOpen(new Set([...open, ...way]));
  }
  return [open, setOpen] as const;
}
