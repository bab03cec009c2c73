import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type FormEvent } from 'react';
import { Dialog } from '../frame/dialog';
import { Refusal } from '../frame/refusal';
import { useTexts } from '../messages/language';
import { createSpace, spacesChanged } from '../rest/spaces';
import { proposedKey } from './space-key';
import './create-space.css';

/** Makes a space, and goes to its home page. The key follows the name until somebody types one. */
export default function CreateSpaceDialog({ close }: { close(): void }) {
  const { text } = useTexts();
  const router = useRouter();
  const id = useId();
  const [name, setName] = useState('');
  const [typedKey, setTypedKey] = useState<string>();
  const [description, setDescription] = useState('');
  const key = typedKey ?? proposedKey(name);
  const creating = useMutation({
    mutationFn: () => createSpace({ name: name.trim(), key, description: description.trim() }),
    onSuccess: async (space) => {
      await spacesChanged();
      close();
      await router.navigate({ href: space._links.webui });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!creating.isPending) creating.mutate();
  };
  return (
    <Dialog title={text('spaces.create')} close={close}>
      <form className="create-space" onSubmit={submit}>
        <label htmlFor={`${id}-name`}>{text('spaces.name')}</label>
        <input
          id={`${id}-name`}
          value={name}
          maxLength={255}
          autoFocus
          autoComplete="off"
          required
          // Blank is as good as nothing, and the browser says so by itself.
          pattern=".*\S.*"
          onChange={({ target }) => setName(target.value)}
        />
        <label htmlFor={`${id}-key`}>{text('spaces.key')}</label>
        <input
          id={`${id}-key`}
          value={key}
          maxLength={255}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          pattern="[A-Za-z0-9]+"
          title={text('spaces.key.hint')}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setTypedKey(target.value)}
        />
        <p id={`${id}-hint`} className="hint">
          {text('spaces.key.hint')}
        </p>
        <label htmlFor={`${id}-description`}>{text('spaces.description')}</label>
        <textarea
          id={`${id}-description`}
          value={description}
          rows={2}
          onChange={({ target }) => setDescription(target.value)}
        />
        <Refusal error={creating.error} />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {text('app.cancel')}
          </button>
          <button className="button primary" disabled={creating.isPending}>
            {text('spaces.doCreate')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
