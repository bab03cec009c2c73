import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTexts } from '../../messages/language';
import { archiveSpace, deleteSpace, type SpaceSettings } from '../../rest/administration';
import { longTaskQuery } from '../../rest/long-tasks';
import { spacesChanged } from '../../rest/spaces';
import { ActionButton } from '../action-button';

/** Puts a space away and brings it back, or deletes it with all that is in it. */
export function SpaceLife({ space }: { space: SpaceSettings }) {
  const { text } = useTexts();
  const [taskId, setTaskId] = useState<string>();
  const isArchived = space.status === 'archived';
  const toggle = async () => {
    await archiveSpace(space.key, !isArchived);
    await spacesChanged();
  };
  const remove = async () => setTaskId(await deleteSpace(space.key));
  return (
    <section aria-labelledby="space-life">
      <h2 id="space-life">{text('space.life')}</h2>
      <p className="hint">{text(isArchived ? 'space.archived.hint' : 'space.archive.hint')}</p>
      {taskId === undefined ? (
        <p className="actions">
          <ActionButton label={text(isArchived ? 'space.restore' : 'space.archive')} action={toggle} />
          <ActionButton label={text('space.delete')} sure={text('space.delete.sure')} action={remove} />
        </p>
      ) : (
        <Deletion taskId={taskId} retry={() => setTaskId(undefined)} />
      )}
    </section>
  );
}

/** How far the deletion is; when it is done nothing of the space is left to be shown here. */
function Deletion({ taskId, retry }: { taskId: string; retry: () => void }) {
  const { text, language } = useTexts();
  const navigate = useNavigate();
  const { data: task } = useQuery(longTaskQuery(taskId, language));
  const isDone = task?.finished === true && task.successful;
  useEffect(() => {
    if (isDone) void navigate({ to: '/spaces', replace: true }).then(spacesChanged);
  }, [isDone, navigate]);
  if (task?.finished && !task.successful) {
    return (
      <p role="alert" className="problem">
        {task.messages.map(({ translation }) => translation).join(' · ')}{' '}
        <button type="button" className="link" onClick={retry}>
          {text('app.retry')}
        </button>
      </p>
    );
  }
  return (
    <p role="status">
      <progress max={100} value={task?.percentageComplete} aria-label={text('space.deleting')} />{' '}
      {text('space.deleting')}
    </p>
  );
}
