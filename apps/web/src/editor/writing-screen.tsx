import { useBlocker, useRouter } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import type { EditedPage } from '../rest/writing';
import { DraftNotices } from './drafts/draft-notices';
import type { LocalDraft } from './drafts/local-drafts';
import type { Opening } from './drafts/opening';
import { textOf, type DraftText } from './drafts/remote-drafts';
import { useDraft } from './drafts/use-draft';
import { ElementScreen } from './elements/element-screen';
import { TypedMenu } from './elements/typed-menu';
import { EditorFoot } from './editor-foot';
import { FindBar } from './find/find-bar';
import { FootTools } from './foot-tools';
import { LinkTools } from './links/link-tools';
import { MergeDialog } from './merge/merge-dialog';
import type { Edited } from './page-editor';
import { PasteNotice } from './paste/paste-notice';
import { PresenceBar } from './presence/presence-bar';
import { LayoutMenu } from './layouts/layout-menu';
import { TableMenu } from './tables/table-menu';
import { TitleField } from './title-field';
import { Toolbar } from './toolbar';
import { useSaving } from './use-saving';
import { useSurface } from './use-surface';
import { UploadStates } from './uploads/upload-states';
import { useUploads } from './uploads/use-uploads';
import { WordCount } from './words/word-count';
import '../pages/body/text.css';
import './editor.css';

interface Props {
  readonly edited: Edited;
  readonly opening: Opening;
  /** Goes on with a text that lies in this browser, and offers this one in its place. */
  restore(offered: LocalDraft, instead: DraftText, revision: number): void;
  /** Goes on with a text that was made of the writer's and of what is published now. */
  merged(page: EditedPage | undefined, text: DraftText, revision: number): void;
  forget(): void;
  /** Opens the content that the wiki has by this id; undefined for a page that it hasn't got. */
  reload(id: string | undefined): Promise<void>;
}

/** Writes a page. */
export function WritingScreen({ edited, opening, restore, merged, forget, reload }: Props) {
  const { text } = useTexts();
  const router = useRouter();
  const { page, spaceKey } = edited;
  const [title, setTitle] = useState(opening.title);
  const [isLinking, setLinking] = useState(false);
  const [finding, setFinding] = useState(0);
  const find = () => setFinding((asked) => asked + 1);
  const heading = text(page && page.status !== 'draft' ? 'editor.editing' : 'editor.creating', {
    title: title || text('editor.untitled'),
  });
  useTitle(heading);

  const latestTitle = useRef(title);
  latestTitle.current = title;
  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const menuKeys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const linkKeys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const { place, open } = useSurface(opening.body, {
    key: (event) => [menuKeys, linkKeys, keys].some(({ current }) => current(event)),
    files: (files) => uploads.add(files),
    pageId: () => keeper.pageId,
    changed: () => keeper.changed(),
  });
  const latestOpen = useRef(open);
  latestOpen.current = open;
  const read = useCallback((): DraftText => {
    const title = latestTitle.current.trim();
    return textOf(title, opening.version, latestOpen.current?.body() ?? opening);
  }, []);
  const keeper = useDraft(edited, opening, read);
  const uploads = useUploads(keeper.ensurePage, () => open?.surface.view);
  const addFiles = (files: readonly File[]) => uploads.add(files.map((file) => ({ file })));
  // The version that the text was made from: a draft may be older than the page.
  const saving = useSaving(edited, opening.version, keeper);

  const save = async (message: string, isMinor: boolean) => {
    const saved = await saving.save(() => ({ ...read(), message, isMinor }));
    if (saved) await router.navigate({ href: saved._links.webui });
  };
  /** What was published meanwhile isn't written over by a draft: both go together. */
  const takeOver = async () => {
    if (page?.status !== 'current' && (await saving.meet(read()))) return;
    await keeper.takeOver();
  };
  keys.current = (event) => {
    const hasModifier = event.ctrlKey || event.metaKey;
    if (hasModifier && !event.shiftKey && (event.key === 'f' || event.key === 'h')) find();
    else if (event.altKey && event.key === 'F10')
      document.querySelector<HTMLElement>('.editor-toolbar button')?.focus();
    else return false;
    event.preventDefault();
    return true;
  };

  // What is neither in the wiki nor in this browser would be lost.
  const isUnkept = () => keeper.state.kind === 'unkept' && !saving.leaving();
  useBlocker({ shouldBlockFn: () => isUnkept() && !confirm(text('editor.leave')), enableBeforeUnload: isUnkept });

  const discarded = async () => {
    if (page && page.status !== 'draft') return reload(page.id);
    await router.navigate({ href: placeBehind(edited), replace: true });
  };
  const close = async () => {
    await keeper.flush();
    // In a tab of its own there is nothing to go back to.
    if (router.history.canGoBack()) router.history.back();
    else await router.navigate({ href: placeBehind(edited), replace: true });
  };

  return (
    <main id="content" tabIndex={-1} className="editor">
      <h1 className="visually-hidden">{heading}</h1>
      <div className="editor-head">
        {open && <Toolbar surface={open.surface} onLink={() => setLinking(true)} onFiles={addFiles} />}
        <PresenceBar
          pageId={page?.status === 'current' ? page.id : undefined}
          version={opening.version}
          merge={() => void saving.attempt(() => saving.meet(read()))}
        />
        {open && finding > 0 && <FindBar surface={open.surface} asked={finding} close={() => setFinding(0)} />}
      </div>
      <DraftNotices
        page={page}
        opening={opening}
        keeper={keeper}
        restore={(offered) => restore(offered, read(), keeper.revision)}
        forget={forget}
        takeOver={() => void saving.attempt(takeOver)}
        reload={() => void saving.attempt(() => reload(keeper.pageId))}
      />
      <TitleField
        title={title}
        isNew={page === undefined}
        change={(changed) => {
          setTitle(changed);
          latestTitle.current = changed;
          keeper.changed();
        }}
        enter={() => open?.surface.view.focus()}
      />
      <div ref={place} className="editor-surface" />
      {open && (
        <LinkTools
          surface={open.surface}
          spaceKey={spaceKey}
          pageId={keeper.pageId}
          isAsking={isLinking}
          ask={setLinking}
          keys={linkKeys}
        />
      )}
      {open && <PasteNotice surface={open.surface} />}
      {open && <TypedMenu surface={open.surface} keys={menuKeys} />}
      {saving.failure && (
        <p className="editor-notice danger" role="alert">
          {saving.failure}
        </p>
      )}
      <EditorFoot
        page={page}
        keeper={keeper}
        canSave={title.trim() !== '' && !saving.isBusy && !uploads.isBusy && open !== undefined}
        isBusy={saving.isBusy}
        save={(message, isMinor) => void save(message, isMinor)}
        close={() => void close()}
        discarded={() => void discarded()}
        count={open && <WordCount surface={open.surface} />}
        uploads={<UploadStates uploads={uploads} leave={() => open?.surface.view.focus()} />}
        tools={open && <FootTools edited={edited} keeper={keeper} read={read} find={find} />}
      />
      {open && <ElementScreen surface={open.surface} />}
      {open && <TableMenu surface={open.surface} />}
      {open && <LayoutMenu surface={open.surface} />}
      {saving.conflict && (
        <MergeDialog
          theirs={saving.conflict.theirs}
          mine={saving.conflict.mine}
          begun={saving.conflict.begun}
          merged={(both) => merged(saving.conflict?.theirs, both, keeper.revision)}
          close={saving.closeConflict}
        />
      )}
    </main>
  );
}

/** Where somebody is who doesn't write: on the page or, where nobody has published it, at its place. */
function placeBehind({ page, spaceKey, parentId }: Edited): string {
  const id = page && page.status !== 'draft' ? page.id : parentId;
  return id === undefined ? `/display/${spaceKey}` : `/pages/viewpage.action?pageId=${id}`;
}
