import { RotateCw, X } from 'lucide-react';
import { explained } from '../../messages/explained';
import { ToolButton } from '../../frame/tool-button';
import { useTexts } from '../../messages/language';
import type { Upload } from './upload-queue';
import type { useUploads } from './use-uploads';
import './uploads.css';

interface Props {
  readonly uploads: ReturnType<typeof useUploads>;
  /** Where the focus goes from a button that has gone. */
  leave(): void;
}

/** How far files are on their way to the page, which didn't arrive and why, and what can be done about it. */
export function UploadStates({ uploads: { uploads, queue, lostCount, forgetLost }, leave }: Props) {
  const { text } = useTexts();
  if (uploads.length === 0 && lostCount === 0) return null;
  const act = (action: () => void) => () => {
    action();
    leave();
  };
  return (
    <ul className="editor-uploads" aria-label={text('editor.uploads')}>
      {uploads.map((upload) => {
        const { id, name, failure } = upload;
        const retry = act(() => queue.retry(id));
        const giveUp = act(() => queue.giveUp(id));
        return (
          <li key={id} className={failure === undefined ? undefined : 'failed'}>
            {failure === undefined ? <Progress upload={upload} /> : <Failure upload={upload} retry={retry} />}
            <EndButton
              title={text(failure === undefined ? 'editor.upload.cancel' : 'editor.upload.dismiss')}
              label={text(failure === undefined ? 'editor.upload.cancelOf' : 'editor.upload.dismissOf', { name })}
              end={giveUp}
            />
          </li>
        );
      })}
      {lostCount > 0 && (
        <li className="failed">
          <span className="upload-name" role="alert">
            {text('editor.upload.lost', { count: lostCount })}
          </span>
          <EndButton
            title={text('editor.upload.dismiss')}
            label={text('editor.upload.dismiss')}
            end={act(forgetLost)}
          />
        </li>
      )}
    </ul>
  );
}

function EndButton({ title, label, end }: { title: string; label: string; end(): void }) {
  return (
    <ToolButton label={label} title={title} onClick={end}>
      <X size={16} aria-hidden />
    </ToolButton>
  );
}

function Progress({ upload: { name, share } }: { upload: Upload }) {
  const { text } = useTexts();
  return (
    <>
      <span className="upload-name" role="status">
        {text('editor.upload', { name })}
      </span>
      <progress max={1} value={share} aria-label={name} />
    </>
  );
}

function Failure({ upload: { name, failure }, retry }: { upload: Upload; retry(): void }) {
  const { text } = useTexts();
  return (
    <>
      <span className="upload-name" role="alert">
        {text('editor.upload.failed', { name, reason: explained(failure, text) })}
      </span>
      <button type="button" className="button" aria-label={text('editor.upload.retryOf', { name })} onClick={retry}>
        <RotateCw size={15} aria-hidden /> {text('app.retry')}
      </button>
    </>
  );
}
