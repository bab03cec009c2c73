import { useBlocker, useRouter } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import type { EditedPage } from '../rest/writing';
import { DraftNotices } from './drafts/draft-notices';
import type { LocalDraft } from './drafts/local-drafts';
import type { Opening } from './drafts/opening';
import type { DraftText } from './drafts/remote-drafts';
import { useDraft } from './drafts/use-draft';
import { ElementScreen } from './elements/element-screen';
import { TypedMenu } from './elements/typed-menu';
import { EditorFoot } from './editor-foot';
import { FindBar } from './find/find-bar';
import { FootTools } from './foot-tools';
import { selectedText, setLink, type LinkTarget } from './insertions';
import { LinkDialog } from './link-dialog';
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
import { UploadStates, useUploads } from './use-uploads';
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
  reload(id: string | undefined): void;
}

/** Writes a page. */
export function WritingScreen({ edited, opening, restore, merged, forget, reload }: Props) {
  const { text } = useTexts();
  const router = useRouter();
  const { page, spaceKey, parentId } = edited;
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
  const { place, open } = useSurface(opening.body, {
    key: (event) => menuKeys.current(event) || keys.current(event),
    files: (files, at) => uploads.add(files, at),
    pageId: () => keeper.pageId,
    changed: () => keeper.changed(),
  });
  const latestOpen = useRef(open);
  latestOpen.current = open;
  const read = useCallback(
    (): DraftText => ({
      title: latestTitle.current.trim(),
      body: latestOpen.current?.storage() ?? opening.body,
      version: opening.version,
    }),
    [],
  );
  const keeper = useDraft(edited, opening, read);
  const uploads = useUploads(keeper.ensurePage, () => open?.surface);
  // The version that the text was made from: a draft may be older than the page.
  const saving = useSaving(edited, opening.version, keeper);

  const save = async (message: string, isMinor: boolean) => {
    const saved = await saving.save({ ...read(), message, isMinor });
    if (saved) await router.navigate({ href: saved._links.webui });
  };
  /** What was published meanwhile isn't written over by a draft: both go together. */
  const takeOver = async () => {
    if (page?.status !== 'current' && (await saving.meet(read()))) return;
    await keeper.takeOver();
  };
  keys.current = (event) => {
    const hasModifier = event.ctrlKey || event.metaKey;
    if (hasModifier && event.key === 'k') setLinking(true);
    else if (hasModifier && !event.shiftKey && (event.key === 'f' || event.key === 'h')) find();
    else if (event.altKey && event.key === 'F10')
      document.querySelector<HTMLElement>('.editor-toolbar [tabindex="0"]')?.focus();
    else return false;
    event.preventDefault();
    return true;
  };

  // What is neither in the wiki nor in this browser would be lost.
  const isUnkept = () => keeper.state.kind === 'unkept' && !saving.leaving();
  useBlocker({ shouldBlockFn: () => isUnkept() && !confirm(text('editor.leave')), enableBeforeUnload: isUnkept });

  const closeLink = (target?: LinkTarget) => {
    setLinking(false);
    if (!target || !open) return;
    const shown = selectedText(open.surface.state()) || ('href' in target ? target.href : target.title);
    open.surface.run(setLink(target, shown));
  };
  const discarded = async () => {
    if (page && page.status !== 'draft') return reload(page.id);
    await router.navigate({
      href: parentId === undefined ? `/display/${spaceKey}` : `/pages/viewpage.action?pageId=${parentId}`,
      replace: true,
    });
  };
  const close = async () => {
    await keeper.flush();
    router.history.back();
  };

  return (
    <main id="content" tabIndex={-1} className="editor">
      <h1 className="visually-hidden">{heading}</h1>
      <div className="editor-head">
        {open && <Toolbar surface={open.surface} onLink={() => setLinking(true)} onFiles={uploads.add} />}
        <PresenceBar
          pageId={page?.status === 'current' ? page.id : undefined}
          version={opening.version}
          merge={() => void saving.meet(read())}
        />
        {open && finding > 0 && <FindBar surface={open.surface} asked={finding} close={() => setFinding(0)} />}
      </div>
      <DraftNotices
        page={page}
        opening={opening}
        keeper={keeper}
        restore={(offered) => restore(offered, read(), keeper.revision)}
        forget={forget}
        takeOver={() => void takeOver()}
        reload={() => reload(keeper.pageId)}
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
      <UploadStates uploads={uploads.uploads} />
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
      >
        {open && <FootTools surface={open.surface} edited={edited} keeper={keeper} read={read} find={find} />}
      </EditorFoot>
      {open && <ElementScreen surface={open.surface} />}
      {open && <TableMenu surface={open.surface} />}
      {open && <LayoutMenu surface={open.surface} />}
      {isLinking && <LinkDialog spaceKey={spaceKey} close={closeLink} />}
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
