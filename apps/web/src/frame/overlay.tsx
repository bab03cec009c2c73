import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { FocusReturn } from './focus-return';
import './overlay.css';

interface Props {
  readonly className: string;
  /** What it is, where no heading says so. */
  readonly label?: string;
  /** Whether a click beside it closes it. */
  readonly isDismissable?: boolean;
  close(): void;
  readonly children: ReactNode;
}

/** What is answered or looked at before anything else; Escape closes it, and the focus goes back to where it was. */
export function Overlay({ className, label, isDismissable = false, close, children }: Props) {
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={isDismissable} onOpenChange={close}>
      <Modal>
        <Dialog className={className} aria-label={label}>
          {children}
          <FocusReturn />
          <KeptFocus close={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const stops = 'input:enabled, select:enabled, textarea:enabled, button:enabled, a[href], [tabindex="0"]';

/** Takes the focus to the first place of what it stands in, and back to it with the next key where what had it is gone or disabled. */
function KeptFocus({ close }: { close(): void }) {
  const place = useRef<HTMLSpanElement>(null);
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const around = place.current?.parentElement;
    if (!around?.contains(document.activeElement)) around?.querySelector<HTMLElement>(stops)?.focus();
    const press = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (defaultPrevented || document.activeElement !== document.body || around?.closest('[inert]')) return;
      around?.focus();
      if (key === 'Escape') latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return <span ref={place} hidden />;
}
