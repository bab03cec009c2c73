import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, type FormEvent } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { changeMode } from '../../rest/cluster';
import { modeQuery } from '../../rest/mode';
import { queryClient } from '../../rest/queries';

/** Read-only mode, and the text on top of every page. */
export function SiteModePanel() {
  const { text } = useTexts();
  const id = useId();
  const { data: mode } = useQuery(modeQuery);
  const changing = useMutation({
    mutationFn: changeMode,
    onSuccess: (changed) => queryClient.setQueryData(modeQuery.queryKey, changed),
  });
  if (!mode) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const banner = new FormData(event.currentTarget).get('banner');
    changing.mutate({ banner: typeof banner === 'string' && banner.trim() !== '' ? banner.trim() : null });
  };
  return (
    <section aria-labelledby={`${id}-title`} className="panel">
      <h2 id={`${id}-title`}>{text('mode.title')}</h2>
      <label className="check">
        <input
          type="checkbox"
          checked={mode.readOnly}
          disabled={changing.isPending}
          aria-describedby={`${id}-hint`}
          onChange={(event) => changing.mutate({ readOnly: event.target.checked })}
        />{' '}
        {text('mode.readOnly')}
      </label>
      <p className="hint" id={`${id}-hint`}>
        {text('mode.hint')}
      </p>
      <form onSubmit={submit} key={mode.banner}>
        <label htmlFor={`${id}-banner`}>{text('mode.banner')}</label>
        <textarea id={`${id}-banner`} name="banner" rows={2} maxLength={2_000} defaultValue={mode.banner ?? ''} />
        <button className="button" disabled={changing.isPending}>
          {text('app.save')}
        </button>
      </form>
      {changing.isError && (
        <p role="alert" className="problem">
          {text(failureKey(changing.error))}
        </p>
      )}
    </section>
  );
}
