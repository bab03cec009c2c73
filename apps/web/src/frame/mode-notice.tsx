import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTexts } from '../messages/language';
import { readOnlyRefusals } from '../rest/client';
import { modeQuery } from '../rest/mode';
import { queryClient } from '../rest/queries';
import { mayUse, mySessionQuery, sessionQuery } from '../rest/session';

/** What administrators want everybody to know: that nothing can be changed now, and their own words. */
export function ModeNotice() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  // A stranger who is about to sign in may not ask.
  const { data: session } = useQuery({ ...mySessionQuery, enabled: user?.type === 'anonymous' });
  // Not before it is known who reads: what is read first must be the page.
  const mayAsk = user?.type === 'known' || (session !== undefined && mayUse(session));
  const { data: mode } = useQuery({ ...modeQuery, enabled: mayAsk });
  // Who is refused because of the mode sees the notice of it at once, and not when it is asked for the next time.
  useEffect(
    () => readOnlyRefusals.subscribe(() => void queryClient.invalidateQueries({ queryKey: modeQuery.queryKey })),
    [],
  );
  if (!mode || (!mode.readOnly && mode.banner === null)) return null;
  return (
    <div className="mode-notice" role="status">
      {mode.banner !== null && <p>{mode.banner}</p>}
      {mode.readOnly && <p>{text('app.readOnly')}</p>}
    </div>
  );
}
