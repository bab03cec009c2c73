import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { isOfInputMethod } from '../../frame/input-method';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import { storageOf } from './plain-text';
import { useUnsent } from './unsent';

interface CommentFormProperties {
  readonly label: string;
  readonly action: string;
  readonly text?: string;
  /** Names what it is about: unsent text is kept under it. */
  readonly place: string;
  /** Where the form came by a button, it has the focus, and can be left. */
  readonly leave?: () => void;
  save(storage: string): Promise<void>;
  /** What to tell of a comment that wasn't saved, where that has reasons of its own. */
  failure?(error: unknown): string;
}

/** Writes a comment. What was written stays until the server has it, or its writer throws it away; whoever goes elsewhere finds it again. */
export function CommentForm({ label, action, text: first = '', place, leave, save, failure }: CommentFormProperties) {
  const { text } = useTexts();
  const id = useId();
  const unsent = useUnsent(place);
  const [kept] = useState(unsent.read);
  const [written, setWritten] = useState(kept ?? first);
  const saving = useMutation({
    mutationFn: () => save(storageOf(written)),
    onSuccess: () => {
      unsent.keep('');
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
    if (isOfInputMethod(event.nativeEvent)) return;
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
        autoFocus={leave !== undefined && kept === undefined}
        onKeyDown={press}
        onChange={({ target }) => {
          setWritten(target.value);
          unsent.keep(target.value === first ? '' : target.value);
        }}
      />
      {saving.isError && (
        <p role="alert" className="problem">
          {failure?.(saving.error) ?? explained(saving.error, text)}
        </p>
      )}
      <p className="comment-actions">
        <button className="button" disabled={isEmpty || saving.isPending}>
          {action}
        </button>
        {leave && (
          <button
            type="button"
            className="link"
            onClick={() => {
              unsent.keep('');
              leave();
            }}
          >
            {text('app.cancel')}
          </button>
        )}
      </p>
    </form>
  );
}
