import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';

interface ActionButtonProperties {
  readonly label: string;
  /** What screen readers are told when several buttons of a screen have the same label. */
  readonly of?: string;
  /** Asked before it is done, when it can't be undone. */
  readonly sure?: string;
  readonly disabled?: boolean;
  readonly action: () => Promise<unknown>;
}

/** Does something on the server at a click; tells that it is under way, and what went wrong. */
export function ActionButton({ label, of, sure, disabled, action }: ActionButtonProperties) {
  const { text } = useTexts();
  const [isAsking, setAsking] = useState(false);
  const doing = useMutation({ mutationFn: action, onSettled: () => setAsking(false) });
  const button = (
    <button
      type="button"
      className={isAsking ? 'button danger' : 'button'}
      aria-label={of === undefined ? undefined : `${label}: ${of}`}
      aria-busy={doing.isPending}
      disabled={disabled || doing.isPending}
      autoFocus={isAsking}
      onClick={() => (sure !== undefined && !isAsking ? setAsking(true) : doing.mutate())}
    >
      {label}
    </button>
  );
  const problem = doing.isError && (
    <span role="alert" className="problem">
      {explained(doing.error, text)}
    </span>
  );
  if (!isAsking) {
    return (
      <span className="action">
        {button}
        {problem}
      </span>
    );
  }
  return (
    <span className="action asking" role="group" aria-label={label}>
      <span>{sure}</span>
      {button}
      <button type="button" className="link" onClick={() => setAsking(false)}>
        {text('app.cancel')}
      </button>
    </span>
  );
}
