import { isOfInputMethod } from '../frame/input-method';
import { useTexts } from '../messages/language';

const titleLengthMax = 255;

interface Props {
  readonly title: string;
  readonly isNew: boolean;
  change(title: string): void;
  /** The Enter key: on to the text. */
  enter(): void;
}

/** A title is one line, which is drawn on as many as it needs. */
export function TitleField({ title, isNew, change, enter }: Props) {
  const { text } = useTexts();
  return (
    <textarea
      className="editor-title"
      rows={1}
      aria-label={text('editor.title')}
      placeholder={text('editor.title')}
      maxLength={titleLengthMax}
      value={title}
      autoFocus={isNew}
      onChange={({ target }) => change(target.value.replaceAll('\n', ' '))}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isOfInputMethod(event.nativeEvent) || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        enter();
      }}
    />
  );
}
