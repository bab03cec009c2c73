import { Pencil, Unlink } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { ToolButton } from '../../frame/tool-button';
import { useTexts } from '../../messages/language';
import { keyNames } from '../../shortcuts/shortcuts';
import type { EditorSurface } from '../editor-surface';
import { selectedText } from '../insertions';
import { useMoves } from '../menus/use-moves';
import { useEditorState } from '../use-surface';
import { linkHere, removeLink, setLink, type LinkHere } from './link-commands';
import { LinkDialog, type LinkAnswer } from './link-dialog';
import { addressOf, labelOf } from './link-target';
import './links.css';

interface Props {
  readonly surface: EditorSurface;
  readonly spaceKey: string;
  readonly pageId: string | undefined;
  readonly isAsking: boolean;
  ask(isAsking: boolean): void;
  /** Where they say what they do with a key before the editor sees it. */
  readonly keys: RefObject<(event: KeyboardEvent) => boolean>;
}

const shownOf = (here: LinkHere | undefined): string =>
  here ? `${here.from} ${here.to} ${JSON.stringify(here.target)}` : '';

const bubbleClass = 'link-bubble';

/** Whether the focus is in one of these places, or was there last. */
function useFocusIn(places: string): boolean {
  const isIn = (target: EventTarget | null) => target instanceof Element && target.closest(places) !== null;
  const [isHere, setHere] = useState(() => isIn(document.activeElement));
  useEffect(() => {
    const moved = ({ target }: FocusEvent) => setHere(isIn(target));
    document.addEventListener('focusin', moved);
    return () => document.removeEventListener('focusin', moved);
  }, [places]);
  return isHere;
}

/** Says where the link at the cursor goes, and changes it, takes it away, or makes one. */
export function LinkTools({ surface, spaceKey, pageId, isAsking, ask, keys }: Props) {
  const { text } = useTexts();
  const state = useEditorState(surface, (now) => shownOf(linkHere(now)));
  const here = linkHere(state);
  const [dismissed, setDismissed] = useState('');
  const isWriting = useFocusIn(`.editor-surface, .${bubbleClass}`);
  const isShown = here !== undefined && isWriting && dismissed !== shownOf(here);
  useEffect(() => setDismissed(''), [here?.from]);
  useEffect(() => {
    keys.current = ({ key, ctrlKey, metaKey }) => {
      if ((ctrlKey || metaKey) && key === 'k') ask(true);
      else if (key === 'Escape' && isShown) setDismissed(shownOf(here));
      else return false;
      return true;
    };
  });
  const answered = (answer: LinkAnswer) => {
    ask(false);
    if (answer === 'removed') surface.run(removeLink);
    else if (answer) surface.run(setLink(answer, selectedText(surface.state()) || undefined));
    else surface.view.focus();
  };
  const label = here?.target && labelOf(here.target);
  return (
    <>
      <p role="status" className="visually-hidden">
        {here && text('editor.link.here', { target: label ?? '', keys: keyNames('Mod-k').join('+') })}
      </p>
      {isShown && (
        <LinkBubble
          surface={surface}
          here={here}
          address={here.target && addressOf(here.target, spaceKey, pageId)}
          edit={() => ask(true)}
        />
      )}
      {isAsking && (
        <LinkDialog
          page={{ doc: surface.state().doc, spaceKey, pageId }}
          current={linkHere(surface.state())}
          close={answered}
        />
      )}
    </>
  );
}

interface BubbleProps {
  readonly surface: EditorSurface;
  readonly here: LinkHere;
  readonly address: string | undefined;
  edit(): void;
}

const width = 320;
const height = 44;

/** Below the link or, where the window ends, above it. */
function placeOf(surface: EditorSurface, { from, to }: LinkHere) {
  const start = surface.view.coordsAtPos(from, 1);
  const end = surface.view.coordsAtPos(to, -1);
  const isBelow = end.bottom + height + covered < innerHeight;
  return {
    left: Math.max(8, Math.min(start.left, innerWidth - width - 8)),
    ...(isBelow ? { top: end.bottom + 4 } : { bottom: innerHeight - start.top + 4 }),
  };
}
/** By the foot of the screen. */
const covered = 64;

function LinkBubble({ surface, here, address, edit }: BubbleProps) {
  const { text } = useTexts();
  useMoves();
  const label = here.target ? labelOf(here.target) : text('editor.link');
  return (
    <div
      className={bubbleClass}
      role="group"
      aria-label={text('editor.link')}
      style={placeOf(surface, here)}
      onKeyDown={({ key }) => key === 'Escape' && surface.view.focus()}
    >
      {address === undefined ? (
        <span className="link-label">{label}</span>
      ) : (
        <a
          className="link-label"
          href={address}
          target="_blank"
          rel="noreferrer"
          title={text('editor.link.open', { target: label })}
        >
          {label}
        </a>
      )}
      <ToolButton label={text('editor.link.edit')} aria-haspopup="dialog" onClick={edit}>
        <Pencil size={16} aria-hidden />
      </ToolButton>
      <ToolButton label={text('editor.link.remove')} onClick={() => surface.run(removeLink)}>
        <Unlink size={16} aria-hidden />
      </ToolButton>
    </div>
  );
}
