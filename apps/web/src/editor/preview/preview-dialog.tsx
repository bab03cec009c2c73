import { useQuery } from '@tanstack/react-query';
import type { MouseEvent } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { RenderedBody } from '../../pages/body/rendered-body';
import { failureKey } from '../../rest/client';
import { previewQuery, type PreviewContext } from '../../rest/preview';
import './preview.css';

interface Props {
  readonly title: string;
  readonly body: string;
  readonly context: PreviewContext;
  close(): void;
}

/** What is written as readers will see it, rendered by the server. */
export default function PreviewDialog({ title, body, context, close }: Props) {
  const { text } = useTexts();
  const { data: html, error } = useQuery(previewQuery(body, context));
  // Who looks at a preview is still writing: its links lead to another window.
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.classList.contains('image-link')) return;
    event.preventDefault();
    event.stopPropagation();
    if (!link.getAttribute('href')?.startsWith('#')) open(link.href, '_blank', 'noopener');
  };
  return (
    <Dialog title={text('preview.title')} isWide close={close}>
      <div className="preview" tabIndex={0} role="region" aria-label={text('preview.title')} onClickCapture={follow}>
        <h1>{title || text('editor.untitled')}</h1>
        {error && <p role="alert">{text(failureKey(error))}</p>}
        {html === undefined && !error && <p role="status">{text('app.loading')}</p>}
        {html !== undefined && <RenderedBody html={html} />}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('editor.close')}
        </button>
      </div>
    </Dialog>
  );
}
