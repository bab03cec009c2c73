import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { AppLink } from '../frame/app-link';
import { Refusal } from '../frame/refusal';
import { Dialog } from '../frame/dialog';
import { MoreButton } from '../frame/more-button';
import { useTexts } from '../messages/language';
import { createAddress } from '../pages/addresses';
import { homeIdOf, mayWriteIn, spacesToWriteInQuery } from '../rest/spaces';

interface Props {
  readonly type: 'page' | 'blogpost';
  close(): void;
}

/** Asks in which space something new is written, among those where the reader may; a page goes below the home page. */
export default function ChooseSpaceDialog({ type, close }: Props) {
  const { text } = useTexts();
  const id = useId();
  const [words, setWords] = useState('');
  const list = useInfiniteQuery(spacesToWriteInQuery);
  const wanted = words.trim().toLowerCase();
  const spaces = (list.data ?? [])
    .filter((space) => mayWriteIn(space, type))
    .filter(({ name, key }) => name.toLowerCase().includes(wanted) || key.toLowerCase().includes(wanted));
  return (
    <Dialog title={text(type === 'page' ? 'create.where.page' : 'create.where.blogpost')} close={close}>
      <div className="choose-space" aria-busy={list.isPending}>
        <label htmlFor={id} className="visually-hidden">
          {text('create.find')}
        </label>
        <input
          id={id}
          value={words}
          autoFocus
          autoComplete="off"
          placeholder={text('create.find')}
          onChange={({ target }) => setWords(target.value)}
        />
        <ul>
          {spaces.map((space) => (
            <li key={space.key}>
              <AppLink href={createAddress(type, space.key, homeIdOf(space))} onClick={close}>
                <span>{space.name}</span>
                <small>{space.key}</small>
              </AppLink>
            </li>
          ))}
        </ul>
        <p role="status" className={spaces.length > 0 ? 'visually-hidden' : undefined}>
          {list.isSuccess &&
            text(wanted === '' && spaces.length === 0 ? 'create.nowhere' : 'search.count', { count: spaces.length })}
        </p>
        <Refusal error={list.error} />
        <MoreButton list={list} />
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('app.cancel')}
        </button>
      </div>
    </Dialog>
  );
}
