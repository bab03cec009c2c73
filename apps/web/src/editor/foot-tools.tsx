import { Eye, Search } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ToolButton } from '../frame/tool-button';
import { useTexts } from '../messages/language';
import { RestrictionsButton } from '../pages/restrictions/restrictions-button';
import { operationsQuery } from '../rest/page-sides';
import { ShortcutsButton } from '../shortcuts/shortcuts-key';
import type { DraftKeeper } from './drafts/draft-keeper';
import type { DraftText } from './drafts/remote-drafts';
import type { Edited } from './page-editor';

const PreviewDialog = lazy(() => import('./preview/preview-dialog'));

interface Props {
  readonly edited: Edited;
  readonly keeper: DraftKeeper;
  /** What is written now. */
  read(): DraftText;
  find(): void;
}

/** What there is to do with the text beside writing it. */
export function FootTools({ edited: { page, spaceKey }, keeper, read, find }: Props) {
  const { text } = useTexts();
  const [previewed, setPreviewed] = useState<DraftText>();
  const { data: operations } = useQuery({ ...operationsQuery(page?.id ?? ''), enabled: page?.status === 'current' });
  return (
    <div className="foot-tools">
      <ToolButton label={text('find.title')} onClick={find}>
        <Search size={17} aria-hidden />
      </ToolButton>
      <ToolButton label={text('preview.title')} aria-haspopup="dialog" onClick={() => setPreviewed(read())}>
        <Eye size={17} aria-hidden />
      </ToolButton>
      <RestrictionsButton
        pageId={page?.id ?? keeper.pageId}
        mayChange={operations?.includes('restrict') ?? page?.status !== 'current'}
        className="tool"
        ensurePage={keeper.ensurePage}
      />
      <ShortcutsButton />
      <Suspense>
        {previewed && (
          <PreviewDialog
            {...previewed}
            context={{ pageId: page?.id ?? keeper.pageId, spaceKey }}
            close={() => setPreviewed(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}
