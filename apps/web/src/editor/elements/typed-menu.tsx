import { useQuery } from '@tanstack/react-query';
import type { MacroDeclaration } from '@tributary/storage-format';
import type { Command } from 'prosemirror-state';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useTexts, type MessageKey } from '../../messages/language';
import { macrosQuery } from '../../rest/macros';
import { peopleQuery, type Person } from '../../rest/people';
import { insertions } from '../blocks';
import type { EditorSurface } from '../editor-surface';
import { insertInline } from '../insertions';
import { useEditorState } from '../use-surface';
import { addMacro } from './element-dialogs';
import { emojiElement, emojiFor, emojiLabel } from './emoji';
import { macrosFor } from './macro-search';
import { insertMention } from './mentions';
import { typedWords, type Sign, type TypedWords } from './typed-words';
import { sourceOf } from '@tributary/editor-document';

interface Option {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly run: Command;
}

const emojiMax = 40;
const macrosMax = 20;

const isNoInsertion = ({ name }: MacroDeclaration): boolean => !insertions.some(({ macro }) => macro === name);

const macroOption = ({ name, label }: { name: string; label: string }): Option => ({
  id: `macro ${name}`,
  label,
  detail: name,
  run: addMacro(name),
});

const labels: Readonly<Record<Sign, MessageKey>> = {
  '/': 'editor.insert',
  ':': 'element.emoji',
  '@': 'element.people',
};

const hasInName = ({ displayName, username }: Person, words: string): boolean =>
  [displayName, username].some((name) => name.toLowerCase().includes(words));

/** What the typed words ask for. */
function useOptions(typed: TypedWords | undefined): readonly Option[] {
  const { text, language } = useTexts();
  const words = typed?.words ?? '';
  const { data: macros = [] } = useQuery({ ...macrosQuery, enabled: typed?.sign === '/' });
  const { data: people = [] } = useQuery({ ...peopleQuery(words), enabled: typed?.sign === '@' });
  switch (typed?.sign) {
    case '/':
      return [
        ...insertions
          .map(({ key, words: own, run }) => ({ id: key, label: text(key), own, run }))
          .filter(({ label, own }) => `${own} ${label.toLowerCase()}`.includes(words)),
        ...(words === ''
          ? []
          : macrosFor(text, macros.filter(isNoInsertion), words).slice(0, macrosMax).map(macroOption)),
      ];
    case ':':
      return emojiFor(words)
        .slice(0, emojiMax)
        .map((each) => ({
          id: each.name,
          label: `${each.character} ${emojiLabel(each, language)}`,
          run: insertInline(sourceOf(emojiElement(each)), 'emoticon'),
        }));
    case '@':
      // Until the answer to the last words is there, those of the words before are shown that fit.
      return people
        .filter((person) => hasInName(person, words))
        .map((person) => ({
          id: person.userKey,
          label: person.displayName,
          detail: person.username,
          run: insertMention(person),
        }));
    case undefined:
      return [];
  }
}

function useTypedMenu(surface: EditorSurface, typed: TypedWords | undefined) {
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const all = useOptions(typed);
  const options = typed === undefined || dismissed === typed.from ? [] : all;
  const asked = `${typed?.sign} ${typed?.words}`;
  useEffect(() => setChosen(0), [asked]);
  useEffect(() => {
    if (typed === undefined) setDismissed(undefined);
  }, [typed === undefined]);
  const choose = ({ run }: Option) => {
    if (!typed) return;
    surface.view.dispatch(surface.view.state.tr.delete(typed.from, typed.to));
    surface.run(run);
  };
  const key = ({ key: name }: KeyboardEvent): boolean => {
    const current = options[chosen] ?? options[0];
    if (current === undefined) return false;
    if (name === 'ArrowDown') setChosen((chosen + 1) % options.length);
    else if (name === 'ArrowUp') setChosen((chosen + options.length - 1) % options.length);
    else if (name === 'Enter' || name === 'Tab') choose(current);
    else if (name === 'Escape') setDismissed(typed?.from);
    else return false;
    return true;
  };
  return { options, chosen, choose, key };
}

interface Props {
  readonly surface: EditorSurface;
  /** Where the menu says what it does with a key before the editor sees it. */
  readonly keys: RefObject<(event: KeyboardEvent) => boolean>;
}

/**
 * What can be put in where the writer has typed a sign for it; nothing where they haven't. It is no list box of React Aria's: that is driven
 * by keys of its own or of a field around it, and these come from the editor, which must have the focus.
 */
export function TypedMenu({ surface, keys }: Props) {
  const typed = typedWords(useEditorState(surface, (state) => JSON.stringify(typedWords(state))));
  const menu = useTypedMenu(surface, typed);
  useEffect(() => {
    keys.current = menu.key;
  });
  if (typed === undefined || menu.options.length === 0) return null;
  return <Options surface={surface} typed={typed} menu={menu} />;
}

interface OptionsProps {
  readonly surface: EditorSurface;
  readonly typed: TypedWords;
  readonly menu: ReturnType<typeof useTypedMenu>;
}

/** Where the menu has room: below the words, or above them where the window ends. */
function placeOf({ left, top, bottom }: { left: number; top: number; bottom: number }) {
  const isHigh = bottom + heightMax < innerHeight || top < heightMax;
  return {
    left: Math.max(0, Math.min(left, innerWidth - width)),
    ...(isHigh ? { top: bottom + 4 } : { bottom: innerHeight - top + 4 }),
  };
}
const heightMax = 270;
const width = 256;

function Options({ surface, typed, menu }: OptionsProps) {
  const { text } = useTexts();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const { dom } = surface.view;
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    dom.setAttribute('aria-controls', id);
    dom.setAttribute('aria-activedescendant', `${id}-${menu.chosen}`);
    return () => {
      dom.removeAttribute('aria-controls');
      dom.removeAttribute('aria-activedescendant');
    };
  }, [dom, id, menu.chosen]);
  return (
    <ul
      ref={list}
      id={id}
      className="slash-menu"
      role="listbox"
      tabIndex={0}
      aria-label={text(labels[typed.sign])}
      style={placeOf(surface.view.coordsAtPos(typed.from))}
    >
      {menu.options.map((each, index) => (
        <li
          key={each.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === menu.chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            menu.choose(each);
          }}
        >
          {each.label}
          {each.detail && <small> {each.detail}</small>}
        </li>
      ))}
    </ul>
  );
}
