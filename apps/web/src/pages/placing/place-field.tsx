import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { placesQuery, type Place } from '../../rest/placing';
import { spaceNamesQuery } from '../../rest/spaces';
import { typedWords } from '../../search/cql';
import { useSettled } from '../../search/use-settled';

/** Shorter than people notice, longer than they take from key to key. */
const pauseMillis = 150;

interface PlaceFieldProperties {
  readonly spaceKey: string;
  setSpaceKey(key: string): void;
  readonly place: Place | undefined;
  choose(place: Place | undefined): void;
  /** The page that is placed: it can't be its own place. */
  readonly exceptId: string | undefined;
}

/** Chooses a page of any space by its title; a space's home page stands for its top. */
export function PlaceField({ spaceKey, setSpaceKey, place, choose, exceptId }: PlaceFieldProperties) {
  const { text } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState('');
  const words = typedWords(useSettled(typed.trim(), pauseMillis));
  const spaces = useInfiniteQuery(spaceNamesQuery);
  const { data: found, error } = useQuery({ ...placesQuery(spaceKey, words), placeholderData: keepPreviousData });
  const places = (found ?? []).filter((each) => each.id !== exceptId);
  return (
    <div className="place-field">
      <label htmlFor={`${id}-space`}>{text('place.space')}</label>
      <select
        id={`${id}-space`}
        value={spaceKey}
        onChange={(event) => {
          setSpaceKey(event.target.value);
          setTyped('');
          choose(undefined);
        }}
      >
        {spaces.data?.map((space) => (
          <option key={space.key} value={space.key}>
            {space.name}
          </option>
        ))}
      </select>
      <MoreButton list={spaces} label="spaces.more" />
      <label htmlFor={`${id}-page`}>{text('place.page')}</label>
      <input
        id={`${id}-page`}
        value={typed}
        autoComplete="off"
        placeholder={text('place.search')}
        onChange={(event) => {
          setTyped(event.target.value);
          choose(undefined);
        }}
      />
      <fieldset>
        <legend className="visually-hidden">{text('place.found')}</legend>
        {places.map((each) => (
          <label key={each.id}>
            <input type="radio" name={id} checked={place?.id === each.id} onChange={() => choose(each)} />
            <span>{each.title}</span>
          </label>
        ))}
      </fieldset>
      <p role="status" className={places.length > 0 && !error ? 'visually-hidden' : undefined}>
        {error ? text('error.unavailable.title') : text('search.count', { count: places.length })}
      </p>
    </div>
  );
}
