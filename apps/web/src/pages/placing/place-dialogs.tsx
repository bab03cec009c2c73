import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { Dialog } from '../../frame/dialog';
import { Refusal } from '../../frame/refusal';
import { useTexts } from '../../messages/language';
import { movePage, type Page } from '../../rest/pages';
import { copyHierarchy, copyPage, type Place } from '../../rest/placing';
import { queryClient } from '../../rest/queries';
import { CopyProgress } from './copy-progress';
import { PlaceField } from './place-field';
import './placing.css';

interface PlaceDialogProperties {
  readonly page: Page;
  close(): void;
}

const positions = ['append', 'above', 'below'] as const;
type Position = (typeof positions)[number];

/** Moves a page, with all that is below it, to another place of the tree or to another space. */
export function MoveDialog({ page, close }: PlaceDialogProperties) {
  const { text } = useTexts();
  const name = useId();
  const [position, setPosition] = useState<Position>('append');
  const router = useRouter();
  const move = async (place: Place) => {
    await movePage(page.id, position, place.id);
    await changed();
    await router.navigate({ href: `/pages/viewpage.action?pageId=${page.id}`, replace: true });
    return true;
  };
  return (
    <PlaceForm
      page={page}
      title={text('place.move', { title: page.title })}
      action={text('place.doMove')}
      exceptId={page.id}
      isReady
      run={move}
      close={close}
    >
      <fieldset className="place-positions">
        <legend>{text('place.where')}</legend>
        {positions.map((each) => (
          <label key={each}>
            <input type="radio" name={name} checked={position === each} onChange={() => setPosition(each)} />
            <span>{text(`place.${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </PlaceForm>
  );
}

/** Copies a page under a title of its own, or with those below it, each title with words before it. Comments stay behind. */
export function CopyDialog({ page, close }: PlaceDialogProperties) {
  const { text } = useTexts();
  const id = useId();
  const [title, setTitle] = useState(text('place.copyOf', { title: page.title }));
  const [isTree, setTree] = useState(false);
  const [prefix, setPrefix] = useState(text('place.prefix.usual'));
  const [task, setTask] = useState<{ readonly id: string; readonly place: Place }>();
  const router = useRouter();
  const copy = async (place: Place) => {
    if (isTree) {
      setTask({ id: await copyHierarchy(page.id, prefix, place.id), place });
      return false;
    }
    const copied = await copyPage(page.id, title.trim(), place.id);
    await changed();
    await router.navigate({ href: `/pages/viewpage.action?pageId=${copied.id}` });
    return true;
  };
  if (task) {
    const done = async () => {
      await changed();
      await router.navigate({ href: `/pages/viewpage.action?pageId=${task.place.id}` });
      close();
    };
    return (
      <CopyProgress
        title={text('place.copy', { title: page.title })}
        taskId={task.id}
        done={() => void done()}
        close={close}
      />
    );
  }
  return (
    <PlaceForm
      page={page}
      title={text('place.copy', { title: page.title })}
      action={text('place.doCopy')}
      exceptId={undefined}
      isReady={isTree || title.trim() !== ''}
      run={copy}
      close={close}
      before={
        <div className="place-field">
          <label className="place-choice">
            <input type="checkbox" checked={isTree} onChange={(event) => setTree(event.target.checked)} />
            <span>{text('place.tree')}</span>
          </label>
          <label htmlFor={id}>{text(isTree ? 'place.prefix' : 'place.title')}</label>
          <input
            id={id}
            value={isTree ? prefix : title}
            maxLength={255}
            onChange={({ target }) => (isTree ? setPrefix(target.value) : setTitle(target.value))}
          />
        </div>
      }
    >
      <p className="place-note">{text('place.copyNote')}</p>
    </PlaceForm>
  );
}

const changed = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['children'] }),
    queryClient.invalidateQueries({ queryKey: ['page'] }),
  ]);

interface PlaceFormProperties extends PlaceDialogProperties {
  readonly title: string;
  readonly action: string;
  readonly exceptId: string | undefined;
  readonly isReady: boolean;
  readonly before?: ReactNode;
  readonly children: ReactNode;
  /** Answers whether all is done; else the dialog stays. */
  run(place: Place): Promise<boolean>;
}

function PlaceForm({ page, title, action, exceptId, isReady, before, children, run, close }: PlaceFormProperties) {
  const { text } = useTexts();
  const [spaceKey, setSpaceKey] = useState(page.space.key);
  const [place, choose] = useState<Place>();
  const placing = useMutation({
    mutationFn: (chosen: Place) => run(chosen),
    onSuccess: (isDone) => isDone && close(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (place && isReady && !placing.isPending) placing.mutate(place);
  };
  return (
    <Dialog title={title} close={close}>
      <form className="place-form" onSubmit={submit}>
        {before}
        <PlaceField spaceKey={spaceKey} setSpaceKey={setSpaceKey} place={place} choose={choose} exceptId={exceptId} />
        {children}
        <Refusal error={placing.error} />
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {text('app.cancel')}
          </button>
          <button className="button primary" disabled={!place || !isReady || placing.isPending}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
