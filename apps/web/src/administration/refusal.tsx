import { useTexts } from '../messages/language';
import { ApiError, failureKey } from '../rest/client';

/** Why something could not be done: in the server's words where it says what is wrong with what was asked. Nothing while there is no error. */
export function Refusal({ error }: { error: Error | null }) {
  const { text } = useTexts();
  if (!error) return null;
  return (
    <p role="alert" className="problem">
      {error instanceof ApiError && error.status === 400 ? error.message : text(failureKey(error))}
    </p>
  );
}
