import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../messages/language';
import { modeQuery } from '../rest/mode';
import { sessionQuery } from '../rest/session';

/** What administrators want everybody to know: that nothing can be changed now, and their own words. */
export function ModeNotice() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  // Not before it is known who reads: what is read first must be the page.
  const { data: mode } = useQuery({ ...modeQuery, enabled: user !== undefined });
  if (!mode || (!mode.readOnly && mode.banner === null)) return null;
  return (
    <div className="mode-notice" role="status">
      {mode.banner !== null && <p>{mode.banner}</p>}
      {mode.readOnly && <p>{text('app.readOnly')}</p>}
    </div>
  );
}
