import { useState, type ReactNode } from 'react';
import { Heading } from 'react-aria-components/Heading';
import { useTexts } from '../messages/language';
import { Overlay } from './overlay';
import './dialog.css';

interface Props {
  readonly title: string;
  /** Room for what is beside one another. */
  readonly isWide?: boolean;
  close(): void;
  readonly children: ReactNode;
}

/** A question that is answered before anything else. */
export function Dialog({ title, isWide = false, close, children }: Props) {
  return (
    <Overlay className={`dialog${isWide ? ' wide' : ''}`} close={close}>
      <Heading slot="title">{title}</Heading>
      {children}
    </Overlay>
  );
}

interface Confirmation {
  readonly title: string;
  readonly question: string;
  /** What the button that does it says. */
  readonly action: string;
  /** Does it; the dialog shows why it couldn't be done. */
  run(): Promise<void>;
  failure(error: unknown): string;
  close(): void;
}

/** Asks before something is done that can't be undone at once. */
export function ConfirmDialog({ title, question, action, run, failure, close }: Confirmation) {
  const { text } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    try {
      await run();
    } catch (error) {
      setProblem(failure(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      <p>{question}</p>
      {problem && <p role="alert">{problem}</p>}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('editor.cancel')}
        </button>
        <button type="button" className="button primary" disabled={isBusy} onClick={() => void confirm()}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
