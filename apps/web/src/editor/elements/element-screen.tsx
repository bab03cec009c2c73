import { useQuery } from '@tanstack/react-query';
import { sourceOf } from '@tributary/editor-document';
import type { StorageElement } from '@tributary/storage-format';
import { useTexts } from '../../messages/language';
import { macrosQuery } from '../../rest/macros';
import type { EditorSurface } from '../editor-surface';
import { insertInline } from '../insertions';
import { useEditorState } from '../use-surface';
import { ColourDialog } from './colour-dialog';
import { DateDialog } from './date-dialog';
import { closeElementDialog, openElementDialog } from './element-dialogs';
import { emojiElement } from './emoji';
import { EmojiDialog } from './emoji-dialog';
import { ImageDialog } from './image-dialog';
import { insertMacro, newMacro } from './insert-macro';
import { MacroBrowser } from './macro-browser';
import { MacroDialog } from './macro-dialog';
import { macroNameOf, replaceElement, selectedElement, type SelectedElement } from './selected-element';
import { StatusDialog } from './status-dialog';
import { setTextColour, textColourHere } from './text-colours';
import './elements.css';

/** The dialog that an element's writer has opened, if one is. */
export function ElementScreen({ surface }: { surface: EditorSurface }) {
  const { text } = useTexts();
  const state = useEditorState(surface, (now) => openElementDialog(now) && now);
  // Asked for before the first dialog is opened.
  const { data: macros = [] } = useQuery(macrosQuery);
  const kind = openElementDialog(state);
  if (kind === undefined || kind === 'table' || kind === 'layout') return null;
  const added = (chosen?: StorageElement) => {
    surface.run(closeElementDialog);
    if (chosen) surface.run(insertMacro(chosen));
  };
  if (kind === 'macros') {
    return <MacroBrowser close={added} />;
  }
  if (typeof kind === 'object') {
    const { body = 'none' } = macros.find(({ name }) => name === kind.macro) ?? {};
    return (
      <MacroDialog
        name={kind.macro}
        element={newMacro({ name: kind.macro, body })}
        action={text('element.insert')}
        close={added}
      />
    );
  }
  if (kind === 'emoji') {
    return (
      <EmojiDialog
        close={(chosen) => {
          surface.run(closeElementDialog);
          if (chosen) surface.run(insertInline(sourceOf(emojiElement(chosen)), 'emoticon'));
        }}
      />
    );
  }
  if (kind === 'colour') {
    return (
      <ColourDialog
        colour={textColourHere(state)}
        close={(colour) => {
          surface.run(closeElementDialog);
          if (colour !== undefined) surface.run(setTextColour(colour));
        }}
      />
    );
  }
  const selected = selectedElement(state);
  if (selected === undefined) return null;
  const close = (changed?: StorageElement) => {
    surface.run(closeElementDialog);
    if (changed) surface.run(replaceElement(selected, changed));
  };
  return <Properties selected={selected} close={close} />;
}

interface PropertiesProps {
  readonly selected: SelectedElement;
  close(changed?: StorageElement): void;
}

function Properties({ selected, close }: PropertiesProps) {
  const { text } = useTexts();
  const { kind, element } = selected;
  switch (kind) {
    case 'status':
      return <StatusDialog element={element} close={close} />;
    case 'date':
      return <DateDialog element={element} close={close} />;
    case 'image':
      return <ImageDialog element={element} close={close} />;
    case 'macro':
      return <MacroDialog name={macroNameOf(selected)} element={element} action={text('element.set')} close={close} />;
  }
}
