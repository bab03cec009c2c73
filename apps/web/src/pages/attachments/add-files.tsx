import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import { attachmentsQuery } from '../../rest/page-sides';
import { queryClient } from '../../rest/queries';
import { uploadVersion } from '../../rest/uploads';

interface Upload {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly error?: unknown;
}

/** Attaches files to a page, one after the other; one of a name that is there already is its new version. */
export function AddFiles({ pageId }: { pageId: string }) {
  const { text } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const isBusy = uploads.some(({ error }) => error === undefined);
  const change = (name: string, state: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.name === name ? { ...each, ...state } : each)));
  const add = async (files: readonly File[]) => {
    setUploads(files.map(({ name }) => ({ name, share: 0 })));
    for (const file of files) {
      try {
        await uploadVersion(pageId, file, (share) => change(file.name, { share }));
        setUploads((all) => all.filter(({ name }) => name !== file.name));
      } catch (error) {
        change(file.name, { error });
      }
    }
    await queryClient.invalidateQueries({ queryKey: attachmentsQuery(pageId).queryKey });
  };
  return (
    <div className="add-files">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          void add([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <button type="button" className="button" disabled={isBusy} onClick={() => input.current?.click()}>
        <Paperclip size={15} aria-hidden /> {text('attachments.add')}
      </button>
      {uploads.map((upload) => (
        <UploadState key={upload.name} upload={upload} />
      ))}
    </div>
  );
}

function UploadState({ upload: { name, share, error } }: { upload: Upload }) {
  const { text } = useTexts();
  if (error !== undefined) {
    return (
      <p role="alert" className="problem">
        {text('editor.upload.failed', { name, reason: explained(error, text) })}
      </p>
    );
  }
  return (
    <p role="status">
      {text('editor.upload', { name })} <progress max={1} value={share} aria-label={name} />
    </p>
  );
}
