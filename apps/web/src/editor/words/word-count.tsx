import { useEffect, useState } from 'react';
import { useTexts } from '../../messages/language';
import type { EditorSurface } from '../editor-surface';
import { countsCharacters, countWords, type Count } from './count-words';

/** Nobody reads a number while they type. */
const pauseMillis = 600;

/** How long the text is: in words, or in characters where its script has no spaces. */
export function WordCount({ surface }: { surface: EditorSurface }) {
  const { text } = useTexts();
  const [count, setCount] = useState<Count>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let counted: unknown;
    const countLater = () => {
      if (surface.state().doc === counted) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        counted = surface.state().doc;
        setCount(countWords(surface.state().doc));
      }, pauseMillis);
    };
    countLater();
    const end = surface.subscribe(countLater);
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [surface]);
  if (count === undefined) return null;
  const [words, characters] = [
    text('words.count', { count: count.words }),
    text('words.characters', { count: count.characters }),
  ];
  return (
    <span className="word-count" title={`${words}, ${characters}`}>
      {countsCharacters(count) ? characters : words}
    </span>
  );
}
