import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';

interface Props {
  readonly title: string;
  /** What the button that does it says. */
  readonly action: string;
  /** Whether what there is to set isn't known yet. */
  readonly isPending?: boolean;
  submit(): void;
  cancel(): void;
  readonly children: ReactNode;
}

/** A dialog that sets something of an element; Enter in a field does it. */
export function ElementForm({ title, action, isPending = false, submit, cancel, children }: Props) {
  const { text } = useTexts();
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = fields.current?.querySelector<HTMLElement>('input, select, [role="radio"]');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, [isPending]);
  return (
    <Dialog title={title} close={cancel}>
      <form
        className="element-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div ref={fields} className="element-fields">
          {isPending ? <p role="status">{text('app.loading')}</p> : children}
        </div>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={cancel}>
            {text('editor.cancel')}
          </button>
          <button type="submit" className="button primary" disabled={isPending}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
