import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { LogOut, Settings, Shield } from 'lucide-react';
import { useId, useState } from 'react';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { forgetUnsent } from '../pages/comments/unsent';
import { forgetRecentPages } from '../recent/recent-pages';
import { changeUser } from '../rest/queries';
import { mayAdminister, mySessionQuery, nobody, sessionQuery, signOut } from '../rest/session';
import { Preferences } from './preferences';

/** Who is signed in, with what they set for themselves. */
export function Account() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { pathname, searchStr } = useLocation();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (!user) return <div className="account" />;
  const isKnown = user.type === 'known';
  return (
    <div className="account">
      {!isKnown && (
        <Link className="button" to="/login" search={{ next: `${pathname}${searchStr}` }}>
          {text('session.signIn')}
        </Link>
      )}
      <button
        type="button"
        className={isKnown ? 'avatar' : 'icon-button'}
        popoverTarget={id}
        aria-label={isKnown ? text('app.account', { name: user.displayName }) : text('app.settings')}
      >
        {isKnown ? Array.from(user.displayName)[0]?.toUpperCase() : <Settings size={18} aria-hidden />}
      </button>
      <div id={id} popover="auto" className="account-menu" onToggle={(event) => setOpen(event.newState === 'open')}>
        {isKnown && (
          <p>
            <strong>{user.displayName}</strong>
            <small>{user.username}</small>
          </p>
        )}
        <Preferences />
        {isKnown && (
          <Link className="button" to="/users/viewmysettings.action">
            <Settings size={16} aria-hidden /> {text('app.mySettings')}
          </Link>
        )}
        {isKnown && isOpen && <ToAdministration />}
        {isKnown && <SignOut />}
      </div>
    </div>
  );
}

/** For those who may do something there. */
function ToAdministration() {
  const { text } = useTexts();
  const { data: session } = useQuery(mySessionQuery);
  if (!session || !mayAdminister(session)) return null;
  return (
    <Link className="button" to="/admin">
      <Shield size={16} aria-hidden /> {text('administration.title')}
    </Link>
  );
}

function SignOut() {
  const { text } = useTexts();
  const router = useRouter();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      forgetRecentPages();
      forgetUnsent();
      changeUser(nobody);
      router.clearCache();
      await router.navigate({ to: '/login' });
    },
  });
  return (
    <>
      <button type="button" className="button" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        <LogOut size={16} aria-hidden /> {text('session.signOut')}
      </button>
      {leaving.isError && (
        <p role="alert" className="problem">
          {text('session.stillIn')} {explained(leaving.error, text)}
        </p>
      )}
    </>
  );
}
