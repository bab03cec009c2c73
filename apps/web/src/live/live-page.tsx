import { RefreshCw } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTexts } from '../messages/language';
import { servedBy } from '../rest/client';
import { currentVersionQuery, type Page, type Version } from '../rest/pages';
import { queryClient } from '../rest/queries';
import { useReaderEvents } from './use-reader-events';
import './live-page.css';

/** Keeps what is read up to date: comments and the tree by themselves, the text when the reader says so. */
export default function LivePage({ page }: { page: Page }) {
  const { text } = useTexts();
  const [version, setVersion] = useState<Version | 'trashed'>();
  const isFirst = useRef(true);
  const look = async (): Promise<void> => {
    // The page is there to read: nobody needs to be told that its version can't be asked for just now.
    const current = await queryClient.fetchQuery(currentVersionQuery(page.id)).catch(() => undefined);
    if (!current) return;
    const { status, version: now } = current;
    // The text is of the same moment: somebody has only commented on a passage of it.
    const isSameText = page.status === 'current' && now.when === page.version.when;
    if (status === 'trashed') setVersion('trashed');
    else if (isSameText && now.number > page.version.number)
      await queryClient.invalidateQueries({ queryKey: ['page'] });
    else setVersion(now);
  };
  const lookAtAll = (): void => {
    void queryClient.invalidateQueries({ queryKey: ['children'] });
    void queryClient.invalidateQueries({ queryKey: ['comments', page.id] });
    void look();
  };
  useReaderEvents(
    { spaceKey: page.space.key, contentId: page.id },
    {
      here(node) {
        servedBy.set(node);
        // Between the page and its first stream little time passes; later ones begin after a gap of any length.
        if (isFirst.current) void look();
        else lookAtAll();
        isFirst.current = false;
      },
      missed: lookAtAll,
      comment: () => void queryClient.invalidateQueries({ queryKey: ['comments', page.id] }),
      content({ id, status }) {
        void queryClient.invalidateQueries({ queryKey: ['children'] });
        if (id !== page.id) return;
        if (status === 'trashed') setVersion('trashed');
        else void look();
      },
    },
  );
  const isNewer = version && version !== 'trashed' && version.number > page.version.number;
  const read = async () => {
    await queryClient.invalidateQueries({ queryKey: ['page'] });
    document.getElementById('content')?.focus();
  };
  return (
    <div role="status" className="live">
      {version === 'trashed' && <p>{text('live.trashed')}</p>}
      {isNewer && page.status === 'current' && (
        <p>
          <span>{text('live.changed', { name: version.by.displayName })}</span>
          <button type="button" className="button" onClick={() => void read()}>
            <RefreshCw size={15} aria-hidden /> {text('live.read')}
          </button>
        </p>
      )}
    </div>
  );
}
