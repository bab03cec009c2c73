import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { longTaskQuery } from '../../rest/long-tasks';

interface Props {
  readonly title: string;
  readonly taskId: string;
  /** All is copied. */
  done(): void;
  close(): void;
}

/** How far the copying of many pages is; it goes on when the dialog is closed. */
export function CopyProgress({ title, taskId, done, close }: Props) {
  const { text, language } = useTexts();
  const { data: task } = useQuery(longTaskQuery(taskId, language));
  const isDone = task?.finished === true && task.successful;
  const hasFailed = task?.finished === true && !task.successful;
  const said = task?.messages.map(({ translation }) => translation).join(' · ');
  useEffect(() => {
    if (isDone) done();
  }, [isDone]);
  return (
    <Dialog title={title} close={close}>
      <div className="place-form">
        {hasFailed ? (
          <p role="alert" className="problem">
            {said}
          </p>
        ) : (
          <p role="status">
            <progress max={100} value={task?.percentageComplete ?? 0} aria-label={title} /> {said}
          </p>
        )}
        {!hasFailed && <p className="place-note">{text('place.copying')}</p>}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {text('place.close')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
