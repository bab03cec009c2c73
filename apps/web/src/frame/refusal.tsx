import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';

/** Why something could not be done. Nothing while there is no error. */
export function Refusal({ error }: { error: Error | null }) {
  const { text } = useTexts();
  if (!error) return null;
  return (
    <p role="alert" className="problem">
      {explained(error, text)}
    </p>
  );
}
