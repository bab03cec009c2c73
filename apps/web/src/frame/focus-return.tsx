import { useEffect, useRef, useState } from 'react';

/**
 * Stands in what opens over the page, and gives the focus back when that goes. React Aria would do so a frame later, and a key that is pressed
 * before would reach nothing.
 */
export function FocusReturn() {
  const place = useRef<HTMLSpanElement>(null);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    const focused = document.activeElement;
    // Where it is outside of this, what was open before may just have given it back.
    const before = place.current?.parentElement?.contains(focused) ? opener : focused;
    return () => {
      // Taken away while it had the focus: nobody else has said where that goes.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return <span ref={place} hidden />;
}
