import { useRouter } from '@tanstack/react-router';
import { useRef, type ComponentProps, type MouseEvent } from 'react';

/** Shorter than people rest on a link that they mean, longer than they take to cross one. */
const restMillis = 50;

/** Whether a click is one that opens a link here: not in a new tab or window, and not already answered. */
export const opensHere = (event: MouseEvent): boolean =>
  event.button === 0 && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** A link to an address that the server gave. It is read ahead when somebody points at it, and opens without loading the application anew. */
export function AppLink({ href, onClick, ...others }: ComponentProps<'a'> & { href: string }) {
  const router = useRouter();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <a
      {...others}
      href={href}
      onPointerEnter={() => {
        resting.current = setTimeout(() => void router.preloadRoute({ to: '.', href }), restMillis);
      }}
      onPointerLeave={() => clearTimeout(resting.current)}
      onClick={(event) => {
        onClick?.(event);
        if (!opensHere(event)) return;
        event.preventDefault();
        void router.navigate({ href });
      }}
    />
  );
}
