import { useQuery } from '@tanstack/react-query';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { cancelLongTask, longTasksQuery, type LongTask } from '../../rest/long-tasks';
import { queryClient } from '../../rest/queries';
import { ActionButton } from '../action-button';
import { formatDuration } from '../format-figures';
import { Loaded } from '../loaded';

/** Work that takes longer than a request, with how far it is. */
export function TasksScreen() {
  const { text, language } = useTexts();
  const tasks = useQuery(longTasksQuery(language));
  useTitle(text('administration.tasks'));
  return (
    <main id="content" tabIndex={-1} className="screen" aria-busy={tasks.isPending}>
      <h1>{text('administration.tasks')}</h1>
      <Loaded query={tasks}>
        {({ results }) =>
          results.length === 0 ? (
            <p className="empty">{text('tasks.none')}</p>
          ) : (
            <ul className="cards">
              {results.map((task) => (
                <TaskCard key={task.id} task={task} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </main>
  );
}

function TaskCard({ task }: { task: LongTask }) {
  const { text, language } = useTexts();
  const name = task.name.translation;
  const cancel = async () => {
    await cancelLongTask(task.id);
    await queryClient.invalidateQueries({ queryKey: ['long tasks'] });
  };
  return (
    <li className="card">
      <header>
        <h2>{name}</h2>
        {!task.finished && (
          <ActionButton label={text('app.cancel')} of={name} sure={text('tasks.cancel.sure')} action={cancel} />
        )}
      </header>
      <progress max={100} value={task.finished && task.successful ? 100 : task.percentageComplete} aria-label={name} />
      <p className="hint">
        {task.messages.map(({ translation }) => translation).join(' · ')} · {formatDuration(task.elapsedTime, language)}
      </p>
    </li>
  );
}
