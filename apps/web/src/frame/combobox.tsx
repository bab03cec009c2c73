import { useContext, useEffect, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { ListBox, ListBoxItem, ListStateContext } from 'react-aria-components/ListBox';
import { Input, Label, TextField } from 'react-aria-components/TextField';
import { isOfInputMethod } from './input-method';
import './combobox.css';

interface Props {
  readonly words: string;
  change(words: string): void;
  /** What Enter does, where the form doesn't say so. */
  enter?(): void;
  readonly children: ReactNode;
}

/** A field, and a list that follows what is typed: the focus stays in the field, and arrows choose in the list. */
export function Combobox({ words, change, enter, children }: Props) {
  // The library would only take Enter for what an arrow led to, and arrows that choose among an input method's words for its own.
  const press = (event: KeyboardEvent) => {
    const isOfWriting = isOfInputMethod(event.nativeEvent);
    if (!isOfWriting && event.key !== 'Enter') return;
    event.stopPropagation();
    if (isOfWriting || !enter) return;
    event.preventDefault();
    enter();
  };
  return (
    <Autocomplete inputValue={words} onInputChange={change}>
      <div className="combobox" onKeyDownCapture={press}>
        {children}
      </div>
    </Autocomplete>
  );
}

interface FieldProps extends Pick<ComponentProps<typeof Input>, 'placeholder' | 'onFocus'> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  /** Whether there is a list now. */
  readonly isExpanded?: boolean;
}

/** What is typed in. */
export function ComboboxField({ label, isLabelHidden = false, isExpanded = true, ...input }: FieldProps) {
  return (
    <TextField className="combobox-field">
      <Label className={isLabelHidden ? 'visually-hidden' : ''}>{label}</Label>
      <Input {...input} role="combobox" aria-expanded={isExpanded} />
    </TextField>
  );
}

interface Option {
  readonly key: string;
  readonly title: string;
}

interface OptionsProps<T extends Option> {
  readonly className?: string;
  readonly label: string;
  /** What is typed. */
  readonly words: string;
  readonly options: readonly T[];
  /** The one that is chosen now. */
  readonly current: NoInfer<T> | undefined;
  choose(key: string): void;
  /** Does what the option is for. */
  act(option: NoInfer<T>): void;
  /** What is shown of one. */
  readonly children: (option: NoInfer<T>) => ReactNode;
}

/** What there is for it: arrows and pointer choose, a click does. */
export function ComboboxOptions<T extends Option>(props: OptionsProps<T>) {
  const { className = '', label, words, options, current, choose, act, children } = props;
  return (
    <ListBox
      className={`combobox-options ${className}`}
      aria-label={label}
      shouldFocusWrap
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={current ? [current.key] : []}
      onSelectionChange={(keys) => [...keys].forEach((key) => choose(String(key)))}
    >
      {options.map((option) => (
        <ListBoxItem key={option.key} id={option.key} textValue={option.title} onPress={() => act(option)}>
          {children(option)}
          {option.key === current?.key && <Start name={option.key} words={words} />}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

/** Has arrows begin at the option that it stands in, which may be chosen by nobody; the library forgets where they were when words change. */
function Start({ name, words }: { name: string; words: string }) {
  const manager = useContext(ListStateContext)?.selectionManager;
  useEffect(() => {
    manager?.setFocused(true);
    manager?.setFocusedKey(name);
  }, [name, words]);
  return null;
}
