import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../messages/language';
import { insertions, type Insertion } from './blocks';
import type { EditorSurface, Slash } from './editor-surface';

/** The insertions that the words behind a slash ask for. */
export function useSlashMenu(surface: EditorSurface | undefined, slash: Slash | undefined) {
  const { text } = useTexts();
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const words = slash?.words ?? '';
  const found =
    slash === undefined || dismissed === slash.from
      ? []
      : insertions.filter((each) => `${each.words} ${text(each.key).toLowerCase()}`.includes(words));
  useEffect(() => setChosen(0), [words]);
  useEffect(() => {
    if (slash === undefined) setDismissed(undefined);
  }, [slash === undefined]);
  const insert = (insertion: Insertion) => {
    if (!surface || !slash) return;
    surface.view.dispatch(surface.view.state.tr.delete(slash.from, slash.to));
    surface.run(insertion.run);
  };
  const key = ({ key: name }: KeyboardEvent): boolean => {
    const current = found[chosen];
    if (current === undefined) return false;
    if (name === 'ArrowDown') setChosen((chosen + 1) % found.length);
    else if (name === 'ArrowUp') setChosen((chosen + found.length - 1) % found.length);
    else if (name === 'Enter' || name === 'Tab') insert(current);
    else if (name === 'Escape') setDismissed(slash?.from);
    else return false;
    return true;
  };
  return { found, chosen, insert, key };
}

interface Props {
  readonly surface: EditorSurface;
  readonly slash: Slash;
  readonly menu: ReturnType<typeof useSlashMenu>;
}

export function SlashMenu({ surface, slash, menu }: Props) {
  const { text } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const { left, bottom } = surface.view.coordsAtPos(slash.from);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <ul
      ref={list}
      className="slash-menu"
      role="listbox"
      aria-label={text('editor.insert')}
      style={{ left, top: bottom + 4 }}
    >
      {menu.found.map((each, index) => (
        <li
          key={each.key}
          role="option"
          aria-selected={index === menu.chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            menu.insert(each);
          }}
        >
          {text(each.key)}
        </li>
      ))}
    </ul>
  );
}
