import { useQuery } from '@tanstack/react-query';
import { Search as SearchIcon } from 'lucide-react';
import { useId, type FormEvent } from 'react';
import { useTexts, type MessageKey } from '../messages/language';
import { spaceNamesQuery } from '../rest/spaces';
import type { Search } from '../router';
import { contentTypes, periodNames, type ContentType, type Period } from './cql';

type Ask = (search: Search) => void;

const field = (form: FormData, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** Words and filters; a choice takes effect at once, what is typed with Enter. */
export function SearchForm({ asked, ask }: { asked: Search; ask: Ask }) {
  const { text } = useTexts();
  const { data: spaces } = useQuery(spaceNamesQuery);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask({
      q: field(form, 'q'),
      space: field(form, 'space'),
      type: field(form, 'type') as ContentType | undefined,
      label: field(form, 'label')?.toLowerCase(),
      author: field(form, 'author'),
      time: field(form, 'time') as Period | undefined,
    });
  };
  const known = spaces?.results ?? [];
  const isForeign = asked.space !== undefined && !known.some((space) => space.key === asked.space);
  return (
    <form role="search" className="search-form" onSubmit={submit}>
      <div className="search-words">
        <input type="search" name="q" defaultValue={asked.q} aria-label={text('search.words')} autoComplete="off" />
        <button className="button primary">
          <SearchIcon size={16} aria-hidden /> {text('search.do')}
        </button>
      </div>
      <div className="search-filters">
        <Choice id={`${id}-space`} label="search.space" name="space" value={asked.space}>
          {isForeign && <option value={asked.space}>{asked.space}</option>}
          {known.map((space) => (
            <option key={space.key} value={space.key}>
              {space.name}
            </option>
          ))}
        </Choice>
        <Choice id={`${id}-type`} label="search.type" name="type" value={asked.type}>
          {contentTypes.map((type) => (
            <option key={type} value={type}>
              {text(`search.type.${type}`)}
            </option>
          ))}
        </Choice>
        <Choice id={`${id}-time`} label="search.time" name="time" value={asked.time}>
          {periodNames.map((period) => (
            <option key={period} value={period}>
              {text(`search.time.${period}`)}
            </option>
          ))}
        </Choice>
        {(['label', 'author'] as const).map((name) => (
          <p key={name}>
            <label htmlFor={`${id}-${name}`}>{text(`search.${name}`)}</label>
            <input id={`${id}-${name}`} name={name} defaultValue={asked[name]} autoCapitalize="none" />
          </p>
        ))}
      </div>
    </form>
  );
}

interface ChoiceProperties {
  readonly id: string;
  readonly label: MessageKey;
  readonly name: string;
  readonly value: string | undefined;
  readonly children: React.ReactNode;
}

function Choice({ id, label, name, value, children }: ChoiceProperties) {
  const { text } = useTexts();
  return (
    <p>
      <label htmlFor={id}>{text(label)}</label>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ''}
        // The options come after the form: what is asked for is chosen once it is there.
        key={String(Array.isArray(children) && children.flat().length)}
        onChange={(event) => event.target.form?.requestSubmit()}
      >
        <option value="">{text('search.any')}</option>
        {children}
      </select>
    </p>
  );
}

/** The query behind the filters, to see and to change. */
export function CqlForm({ cql, isWritten, ask }: { cql: string; isWritten: boolean; ask: Ask }) {
  const { text } = useTexts();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask({ cql: field(new FormData(event.currentTarget), 'cql') });
  };
  return (
    <details className="search-cql" open={isWritten}>
      <summary>{text('search.cql')}</summary>
      <form onSubmit={submit}>
        <textarea name="cql" defaultValue={cql} aria-label={text('search.cql')} rows={2} spellCheck={false} />
        <button className="button">{text('search.doCql')}</button>
      </form>
    </details>
  );
}
