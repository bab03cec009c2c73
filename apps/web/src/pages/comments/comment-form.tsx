import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { storageOf } from './plain-text';

interface CommentFormProperties {
  readonly label: string;
  readonly action: string;
  readonly text?: string;
  /** Where the form came by a button, it has the focus, and can be left. */
  readonly leave?: () => void;
  save(storage: string): Promise<void>;
  /** What to tell of a comment that wasn't saved, where that has reasons of its own. */
  failure?(error: unknown): string;
}

/** Writes a comment. What was written stays until the server has it. */
export function CommentForm({ label, action, text: first = '', leave, save, failure }: CommentFormProperties) {
  const { text } = useTexts();
  const id = useId();
  const [written, setWritten] = useState(first);
  const saving = useMutation({
    mutationFn: () => save(storageOf(written)),
    onSuccess: () => {
      setWritten('');
      leave?.();
    },
  });
  const isEmpty = written.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty && !saving.isPending) saving.mutate();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
    if (event.key === 'Escape' && written === first) leave?.();
  };
  return (
    <form className="comment-form" onSubmit={submit}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={written}
        autoFocus={leave !== undefined}
        onKeyDown={press}
        onChange={(event) => setWritten(event.target.value)}
      />
      {saving.isError && (
        <p role="alert" className="problem">
          {failure?.(saving.error) ?? text(failureKey(saving.error))}
        </p>
      )}
      <p className="comment-actions">
        <button className="button" disabled={isEmpty || saving.isPending}>
          {action}
        </button>
        {leave && (
          <button type="button" className="link" onClick={leave}>
            {text('app.cancel')}
          </button>
        )}
      </p>
    </form>
  );
}
