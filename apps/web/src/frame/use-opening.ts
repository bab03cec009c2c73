import { useState } from 'react';

/** Something that opens once its code is there; without a network that may be never, and what is on the screen stays as it is. */
export function useOpening(load: () => Promise<unknown>) {
  const [isOpen, setOpen] = useState(false);
  return {
    isOpen,
    open: () => void load().then(() => setOpen(true), ignored),
    close: () => setOpen(false),
    /** Somebody is about to open it. */
    prepare: () => void load().catch(ignored),
  };
}

const ignored = (): void => undefined;
