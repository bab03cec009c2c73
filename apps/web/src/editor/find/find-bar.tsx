import { CaseSensitive, ChevronDown, ChevronUp, X } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { isOfInputMethod } from '../../frame/input-method';
import { useTexts } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { selectedText } from '../insertions';
import { useEditorState } from '../use-surface';
import {
  atOrBehind,
  lookFor,
  matchesOf,
  neighbour,
  queryOf,
  replaceMatches,
  selectedMatch,
  selectMatch,
  type Match,
} from './matches';
import './find.css';

/** Longer than anybody looks for. */
const selectedMax = 100;

interface Props {
  readonly surface: EditorSurface;
  /** Counts how often it was asked for: each time the field is where the writer is. */
  readonly asked: number;
  close(): void;
}

/** Looks for words in what is written, and puts others in their place. */
export function FindBar({ surface, asked, close }: Props) {
  const { text } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  const replacementField = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [replacement, setReplacement] = useState('');
  const [isCaseSensitive, setCaseSensitive] = useState(false);
  const state = useDeferredValue(useEditorState(surface));
  const matches = useMemo(() => matchesOf(state), [state]);
  const { dispatch } = surface.view;
  const apply = (command: ReturnType<typeof lookFor>) => command(surface.view.state, dispatch);
  const show = (match: Match | undefined) => {
    if (!match) return;
    apply(selectMatch(match));
    const { node } = surface.view.domAtPos(match.from);
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
  };
  const look = (wanted: string, withCase: boolean) => {
    setWords(wanted);
    setCaseSensitive(withCase);
    apply(lookFor(queryOf(wanted, withCase)));
    show(atOrBehind(surface.view.state, matchesOf(surface.view.state)));
  };
  const go = (step: 1 | -1) => show(neighbour(surface.view.state, matchesOf(surface.view.state), step));
  const replace = () => {
    const all = matchesOf(surface.view.state);
    const current = all[selectedMatch(surface.view.state, all) - 1];
    if (current) apply(replaceMatches([current], replacement));
    // A button that has nothing left to do loses the focus.
    if (matchesOf(surface.view.state).length === 0) field.current?.focus();
    go(1);
  };
  const replaceAll = () => {
    apply(replaceMatches(matchesOf(surface.view.state), replacement));
    field.current?.focus();
  };
  const leave = () => {
    apply(lookFor(queryOf('', false)));
    close();
    surface.view.focus();
  };
  useEffect(() => {
    const selected = selectedText(surface.view.state);
    if (selected !== '' && selected.length <= selectedMax) look(selected, isCaseSensitive);
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useEffect(() => () => void (surface.view.isDestroyed || apply(lookFor(queryOf('', false)))), []);
  const keys = (event: KeyboardEvent) => {
    if (isOfInputMethod(event.nativeEvent)) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && event.target === field.current) go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && event.target === replacementField.current) replace();
    else if (event.key === 'F3') go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const found = words === '' ? '' : text('find.count', { at: selectedMatch(state, matches), count: matches.length });
  const hasNone = matches.length === 0;
  return (
    <search className="find-bar" aria-label={text('find.title')} onKeyDown={keys}>
      <div className="find-row">
        <input
          ref={field}
          type="text"
          aria-label={text('find.words')}
          placeholder={text('find.words')}
          value={words}
          onChange={({ target }) => look(target.value, isCaseSensitive)}
        />
        <button
          type="button"
          className="tool"
          title={text('find.case')}
          aria-label={text('find.case')}
          aria-pressed={isCaseSensitive}
          onClick={() => look(words, !isCaseSensitive)}
        >
          <CaseSensitive size={18} aria-hidden />
        </button>
        <button
          type="button"
          className="tool"
          aria-label={text('find.previous')}
          disabled={hasNone}
          onClick={() => go(-1)}
        >
          <ChevronUp size={17} aria-hidden />
        </button>
        <button type="button" className="tool" aria-label={text('find.next')} disabled={hasNone} onClick={() => go(1)}>
          <ChevronDown size={17} aria-hidden />
        </button>
        <span className="find-count" role="status">
          {found}
        </span>
      </div>
      <div className="find-row">
        <input
          ref={replacementField}
          type="text"
          aria-label={text('find.replacement')}
          placeholder={text('find.replacement')}
          value={replacement}
          onChange={({ target }) => setReplacement(target.value)}
        />
        <button type="button" className="button" disabled={hasNone} onClick={replace}>
          {text('find.replace')}
        </button>
        <button type="button" className="button" disabled={hasNone} onClick={replaceAll}>
          {text('find.replaceAll')}
        </button>
      </div>
      <button type="button" className="tool find-close" aria-label={text('find.close')} onClick={leave}>
        <X size={17} aria-hidden />
      </button>
    </search>
  );
}
