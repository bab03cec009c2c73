import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Search as SearchIcon } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import { MoreButton } from '../frame/more-button';
import { useTexts, type MessageKey } from '../messages/language';
import { peopleQuery, type Person } from '../rest/people';
import { sessionQuery } from '../rest/session';
import { spaceNamesQuery } from '../rest/spaces';
import type { Search } from '../router';
import { contentTypes, periodNames, type ContentType, type Period } from './cql';

type Ask = (search: Search) => void;

const field = (form: FormData, name: string): string | undefined => {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

/** Whoever types a name in full, means its owner, whom CQL knows by the username. */
const usernameOf = (written: string | undefined, people: readonly Person[]): string | undefined =>
  people.find(({ displayName }) => displayName.toLowerCase() === written?.toLowerCase())?.username ?? written;

/** Words and filters; a choice takes effect at once, what is typed with Enter. */
export function SearchForm({ asked, ask }: { asked: Search; ask: Ask }) {
  const { text } = useTexts();
  const spaces = useInfiniteQuery(spaceNamesQuery);
  const { data: user } = useQuery(sessionQuery);
  const [author, setAuthor] = useState('');
  const isSought = author.trim() !== '' && user?.type === 'known';
  const { data: people = [] } = useQuery({ ...peopleQuery(author.trim().toLowerCase()), enabled: isSought });
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask({
      q: field(form, 'q'),
      space: field(form, 'space'),
      type: field(form, 'type') as ContentType | undefined,
      label: field(form, 'label')?.toLowerCase(),
      author: usernameOf(field(form, 'author'), people),
      time: field(form, 'time') as Period | undefined,
    });
  };
  const known = spaces.data ?? [];
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
        <MoreButton list={spaces} label="spaces.more" />
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
        <p>
          <label htmlFor={`${id}-label`}>{text('search.label')}</label>
          <input id={`${id}-label`} name="label" defaultValue={asked.label} autoCapitalize="none" />
        </p>
        <p>
          <label htmlFor={`${id}-author`}>{text('search.author')}</label>
          <input
            id={`${id}-author`}
            name="author"
            list={`${id}-people`}
            defaultValue={asked.author}
            autoCapitalize="none"
            autoComplete="off"
            onChange={({ target }) => setAuthor(target.value)}
          />
          <datalist id={`${id}-people`}>
            {people.map(({ username, displayName }) => (
              <option key={username} value={username} label={displayName} />
            ))}
          </datalist>
        </p>
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
