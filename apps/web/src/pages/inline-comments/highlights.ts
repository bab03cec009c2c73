/** A thread as the text shows it. */
export interface Highlight {
  readonly id: string;
  readonly markerRef: string;
  /** What its button says to who can't see where it stands. */
  readonly label: string;
  readonly isActive: boolean;
}

const buttonClass = 'inline-comment-button';

const markersOf = (body: HTMLElement, markerRef: string): HTMLElement[] => [
  ...body.querySelectorAll<HTMLElement>(`.inline-comment-marker[data-ref="${CSS.escape(markerRef)}"]`),
];

/** Shows the passages that open threads are about; behind each stands a button, so that it is reached by keys too. */
export function showHighlights(body: HTMLElement, highlights: readonly Highlight[]): void {
  const focusedId = document.activeElement?.closest<HTMLElement>(`.${buttonClass}`)?.dataset['thread'];
  for (const button of body.querySelectorAll(`.${buttonClass}`)) button.remove();
  for (const marker of body.querySelectorAll('.inline-comment-marker')) {
    marker.classList.remove('open', 'active');
    marker.removeAttribute('data-thread');
  }
  for (const { id, markerRef, label, isActive } of highlights) {
    const markers = markersOf(body, markerRef);
    for (const marker of markers) {
      marker.classList.add('open');
      marker.classList.toggle('active', isActive);
      marker.dataset['thread'] = id;
    }
    const last = markers.at(-1);
    if (!last) continue;
    const button = buttonOf(id, label, isActive);
    // A button is no part of a link.
    (last.closest('a') ?? last).after(button);
    if (id === focusedId) button.focus({ preventScroll: true });
  }
}

function buttonOf(id: string, label: string, isActive: boolean): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = buttonClass;
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-expanded', String(isActive));
  button.dataset['thread'] = id;
  return button;
}

/** The thread that a press on an element opens, if it does. */
export function threadAt(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const button = target.closest<HTMLElement>(`.${buttonClass}`);
  if (button) return button.dataset['thread'];
  // Links in a passage lead where they lead.
  if (target.closest('a, button, [role="checkbox"]') || getSelection()?.isCollapsed === false) return undefined;
  return target.closest<HTMLElement>('.inline-comment-marker.open')?.dataset['thread'];
}

/** Brings a thread's passage in sight; false where the text that is shown hasn't got it. */
export function scrollToThread(body: HTMLElement, id: string): boolean {
  const [marker] = body.querySelectorAll(`.inline-comment-marker[data-thread="${CSS.escape(id)}"]`);
  marker?.scrollIntoView({ block: 'nearest' });
  return marker !== undefined;
}

export function focusThread(body: HTMLElement, id: string): void {
  body.querySelector<HTMLElement>(`.${buttonClass}[data-thread="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
