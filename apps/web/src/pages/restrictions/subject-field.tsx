import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UserRound, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Combobox, ComboboxField, ComboboxOptions } from '../../frame/combobox';
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
  const [chosen, choose] = useState<string>();
  const wanted = words.trim().toLowerCase();
  const { data: people = [] } = useQuery({ ...peopleQuery(wanted), enabled: wanted !== '' });
  const allGroups = useInfiniteQuery({ ...groupsQuery, enabled: wanted !== '' });
  const subjects: readonly Subject[] = [
    ...people.map(({ userKey, displayName }) => ({ kind: 'user' as const, key: userKey, name: displayName })),
    ...(allGroups.data ?? [])
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .slice(0, groupsShownMax)
      .map(({ name }) => ({ kind: 'group' as const, key: name, name })),
  ];
  const found = wanted === '' ? [] : subjects.map(optionOf);
  const current = found.find(({ key }) => key === chosen) ?? found[0];
  const change = (typed: string) => {
    setWords(typed);
    choose(undefined);
  };
  const take = (option: Option | undefined) => {
    if (!option) return;
    add(option.subject);
    change('');
  };
  return (
    <Combobox words={words} change={change} enter={() => take(current)}>
      <ComboboxField label={text('restrictions.add')} isExpanded={found.length > 0} />
      {found.length > 0 && (
        <ComboboxOptions
          label={text('search.results')}
          words={words}
          options={found}
          current={current}
          choose={choose}
          act={take}
        >
          {({ title, subject }) => (
            <>
              {subject.kind === 'user' ? <UserRound size={15} aria-hidden /> : <UsersRound size={15} aria-hidden />}
              <span>{title}</span>
            </>
          )}
        </ComboboxOptions>
      )}
      {wanted !== '' && <MoreButton list={allGroups} label="restrictions.moreGroups" />}
    </Combobox>
  );
}

interface Option {
  readonly key: string;
  readonly title: string;
  readonly subject: Subject;
}

const optionOf = (subject: Subject): Option => ({
  key: `${subject.kind} ${subject.key}`,
  title: subject.name,
  subject,
});
