import { useSuspenseQuery } from '@tanstack/react-query';
import { useBlocker, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import type { EditedPage } from '../rest/writing';
import { ConflictDialog } from './conflict-dialog';
import { selectedText, setLink, type LinkTarget } from './insertions';
import { LinkDialog } from './link-dialog';
import { SlashMenu, useSlashMenu } from './slash-menu';
import { Toolbar } from './toolbar';
import { forgetUnsaved, keepUnsaved, unsavedText, type Unsaved } from './unsaved';
import { useSaving } from './use-saving';
import { useSurface } from './use-surface';
import { useUploads } from './use-uploads';
import '../pages/body/text.css';
import './editor.css';

export interface Edited {
  /** Undefined for a page that is being made. */
  readonly page?: EditedPage;
  readonly spaceKey: string;
  readonly parentId?: string;
}

/** Pauses in typing shorter than this don't write to the browser's memory. */
const keepMillis = 600;

/** Writes a page. */
export default function PageEditor({ page, spaceKey, parentId }: Edited) {
  const { text, date } = useTexts();
  const router = useRouter();
  const { data: user } = useSuspenseQuery(sessionQuery);
  const name = user.username ?? '';
  const place = page?.id ?? `new.${spaceKey}.${parentId ?? ''}`;
  const [source, setSource] = useState(page?.body.storage.value ?? '');
  // The version that the text was made from: a restored text may be older than the page.
  const [base, setBase] = useState(page?.version.number ?? 0);
  const [title, setTitle] = useState(page?.title ?? '');
  const [message, setMessage] = useState('');
  const [isMinor, setMinor] = useState(false);
  const [offered, setOffered] = useState<Unsaved | undefined>(() => unsavedText(name, place));
  const [isLinking, setLinking] = useState(false);
  const [hasNoRoom, setNoRoom] = useState(false);
  useTitle(text(page ? 'editor.editing' : 'editor.creating', { title: title || text('editor.untitled') }));

  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const {
    place: surfacePlace,
    open,
    state,
  } = useSurface(source, {
    key: (event) => keys.current(event),
    files: (files) => uploads.add(files),
    pageId: () => page?.id,
  });
  const uploads = useUploads(page?.id, () => open?.surface);
  const hasChanged =
    title !== (page?.title ?? '') ||
    (open !== undefined && state !== undefined && !state.doc.eq(open.opened.doc)) ||
    source !== (page?.body.storage.value ?? '');
  const saving = useSaving({ page, spaceKey, parentId }, base);
  const isUnsaved = hasChanged && !saving.isSaved;

  const save = (number?: number) =>
    void saving.save({ title: title.trim(), body: open?.storage() ?? source, message, isMinor }, number);
  const slash = state === undefined ? undefined : open?.surface.slash();
  const menu = useSlashMenu(open?.surface, slash);
  keys.current = (event) => {
    if (menu.key(event)) return true;
    const hasModifier = event.ctrlKey || event.metaKey;
    if (hasModifier && event.key === 'k') setLinking(true);
    else if (event.altKey && event.key === 'F10')
      document.querySelector<HTMLElement>('.editor-toolbar [tabindex="0"]')?.focus();
    else return false;
    event.preventDefault();
    return true;
  };

  useEffect(() => {
    if (!isUnsaved || !open || offered) return undefined;
    const keep = () => {
      const kept = { title, body: open.storage(), version: base, when: new Date().toISOString() };
      setNoRoom(!keepUnsaved(name, place, kept));
    };
    const timer = setTimeout(keep, keepMillis);
    addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', keep);
    };
  }, [isUnsaved, state?.doc, title, offered]);

  useBlocker({
    shouldBlockFn: () => isUnsaved && !saving.leaving() && !confirm(text('editor.leave')),
    enableBeforeUnload: () => isUnsaved && !saving.leaving(),
  });

  useEffect(() => {
    if (!saving.saved) return;
    forgetUnsaved(name, place);
    void router.navigate({ href: saving.saved._links.webui });
  }, [saving.saved]);

  const closeLink = (target?: LinkTarget) => {
    setLinking(false);
    if (!target || !open) return;
    const shown = selectedText(open.surface.state()) || ('href' in target ? target.href : target.title);
    open.surface.run(setLink(target, shown));
  };
  const saveLatest = useRef(save);
  saveLatest.current = save;
  useEffect(() => {
    const saveKeys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return;
      // In a code block it leads out of the block.
      if (event.defaultPrevented) return;
      event.preventDefault();
      saveLatest.current();
    };
    addEventListener('keydown', saveKeys);
    return () => removeEventListener('keydown', saveKeys);
  }, []);
  const canSave = title.trim() !== '' && !saving.isBusy && open !== undefined;

  return (
    <main id="content" tabIndex={-1} className="editor">
      <div className="editor-head">
        {open && state && (
          <Toolbar
            surface={open.surface}
            state={state}
            onLink={() => setLinking(true)}
            onFiles={page ? uploads.add : undefined}
          />
        )}
      </div>
      {offered && (
        <div className="editor-notice" role="status">
          <p>{text('editor.unsaved', { date: date(offered.when) })}</p>
          <button
            type="button"
            className="button"
            onClick={() => {
              setTitle(offered.title);
              setSource(offered.body);
              setBase(offered.version);
              setOffered(undefined);
            }}
          >
            {text('editor.restore')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              forgetUnsaved(name, place);
              setOffered(undefined);
            }}
          >
            {text('editor.discard')}
          </button>
        </div>
      )}
      {hasNoRoom && (
        <p className="editor-notice" role="alert">
          {text('editor.noRoom')}
        </p>
      )}
      <textarea
        className="editor-title"
        rows={1}
        aria-label={text('editor.title')}
        placeholder={text('editor.title')}
        maxLength={255}
        value={title}
        autoFocus={!page}
        onChange={({ target }) => setTitle(target.value.replaceAll('\n', ' '))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          open?.surface.view.focus();
        }}
      />
      <div ref={surfacePlace} className="editor-surface" />
      {uploads.uploads.map((upload) => (
        <p key={upload.name} className="editor-upload" role={upload.hasFailed ? 'alert' : 'status'}>
          {text(upload.hasFailed ? 'editor.upload.failed' : 'editor.upload', { name: upload.name })}
          {!upload.hasFailed && <progress max={1} value={upload.share} aria-label={upload.name} />}
        </p>
      ))}
      {open && slash && menu.found.length > 0 && <SlashMenu surface={open.surface} slash={slash} menu={menu} />}
      {saving.failure && (
        <p className="editor-notice danger" role="alert">
          {saving.failure}
        </p>
      )}
      <div className="editor-foot">
        {page && (
          <>
            <input
              aria-label={text('editor.message')}
              placeholder={text('editor.message')}
              value={message}
              onChange={({ target }) => setMessage(target.value)}
            />
            <label className="editor-minor">
              <input type="checkbox" checked={isMinor} onChange={({ target }) => setMinor(target.checked)} />
              {text('editor.minor')}
            </label>
          </>
        )}
        <button type="button" className="button" onClick={() => router.history.back()}>
          {text('editor.cancel')}
        </button>
        <button type="button" className="button primary" disabled={!canSave} onClick={() => save()}>
          {text(saving.isBusy ? 'editor.saving' : page ? 'editor.save' : 'editor.publish')}
        </button>
      </div>
      {isLinking && <LinkDialog spaceKey={spaceKey} close={closeLink} />}
      {saving.conflict && (
        <ConflictDialog
          other={saving.conflict}
          keepMine={() => save((saving.conflict?.version.number ?? 0) + 1)}
          close={saving.closeConflict}
        />
      )}
    </main>
  );
}
