import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UserRound, UsersRound } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { isOfInputMethod } from '../../frame/input-method';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { groupsQuery } from '../../rest/administration';
import { peopleQuery } from '../../rest/people';
import type { Subject } from '../../rest/restrictions';

const groupsShownMax = 5;

/** Finds people and groups by a part of their name. */
export function SubjectField({ add }: { add(subject: Subject): void }) {
  const { text } = useTexts();
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const { data: people = [] } = useQuery({ ...peopleQuery(wanted), enabled: wanted !== '' });
  const allGroups = useInfiniteQuery({ ...groupsQuery, enabled: wanted !== '' });
  const found: readonly Subject[] =
    wanted === ''
      ? []
      : [
          ...people.map(({ userKey, displayName }) => ({ kind: 'user' as const, key: userKey, name: displayName })),
          ...(allGroups.data ?? [])
            .filter(({ name }) => name.toLowerCase().includes(wanted))
            .slice(0, groupsShownMax)
            .map(({ name }) => ({ kind: 'group' as const, key: name, name })),
        ];
  const take = (subject: Subject) => {
    add(subject);
    setWords('');
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isOfInputMethod(event.nativeEvent)) return;
    event.preventDefault();
    const [first] = found;
    if (first) take(first);
  };
  return (
    <div className="restricted-add">
      <label>
        {text('restrictions.add')}
        <input autoComplete="off" value={words} onChange={({ target }) => setWords(target.value)} onKeyDown={keys} />
      </label>
      <ul>
        {found.map((subject) => (
          <li key={`${subject.kind} ${subject.key}`}>
            <button type="button" className="link" onClick={() => take(subject)}>
              {subject.kind === 'user' ? <UserRound size={15} aria-hidden /> : <UsersRound size={15} aria-hidden />}
              {subject.name}
            </button>
          </li>
        ))}
      </ul>
      {wanted !== '' && <MoreButton list={allGroups} label="restrictions.moreGroups" />}
    </div>
  );
}
