import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId, useState, type FormEvent } from 'react';
import { AppLink } from '../../frame/app-link';
import { Refusal } from '../../frame/refusal';
import { useTexts } from '../../messages/language';
import { addLabel, operationsQuery, removeLabel } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';
import { queryClient } from '../../rest/queries';

/** A page's labels, each the way to all that has it; who may edit the page changes them. */
export function Labels({ page }: { page: Page }) {
  const { text } = useTexts();
  const { data: operations } = useQuery(operationsQuery(page.id));
  const names = page.metadata.labels.results.map((label) => label.name);
  const mayEdit = page.status === 'current' && operations?.includes('update') === true;
  const change = useMutation({
    mutationFn: async ({ name, isAdded }: { name: string; isAdded: boolean }) => {
      await (isAdded ? addLabel(page.id, name) : removeLabel(page.id, name));
      await queryClient.invalidateQueries({ queryKey: ['page'] });
    },
  });
  if (names.length === 0 && !mayEdit) return null;
  return (
    <section className="labels" aria-label={text('page.labels')}>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <AppLink href={`/search?${new URLSearchParams({ label: name }).toString()}`}>{name}</AppLink>
            {mayEdit && (
              <button
                type="button"
                aria-label={text('labels.remove', { name })}
                disabled={change.isPending}
                onClick={() => change.mutate({ name, isAdded: false })}
              >
                <X size={13} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && <LabelForm add={(name) => change.mutateAsync({ name, isAdded: true })} />}
      <Refusal error={change.error} />
    </section>
  );
}

function LabelForm({ add }: { add(name: string): Promise<void> }) {
  const { text } = useTexts();
  const id = useId();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const label = name.trim().toLowerCase();
    // What went wrong is told beside the form; the label stays in it, to be mended.
    if (label !== '')
      add(label).then(
        () => setName(''),
        () => undefined,
      );
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor={id} className="visually-hidden">
        {text('labels.add')}
      </label>
      <input
        id={id}
        value={name}
        placeholder={text('labels.add')}
        autoCapitalize="none"
        autoComplete="off"
        maxLength={255}
        onChange={(event) => setName(event.target.value)}
      />
    </form>
  );
}
