import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { LogOut, Settings, Shield } from 'lucide-react';
import { useId, useState } from 'react';
import { useTexts } from '../messages/language';
import { forgetRecentPages } from '../recent/recent-pages';
import { changeUser } from '../rest/queries';
import { mySessionQuery, nobody, sessionQuery, signOut } from '../rest/session';
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
  if (!session?.permissions.includes('systemAdminister')) return null;
  return (
    <Link className="button" to="/admin/cluster">
      <Shield size={16} aria-hidden /> {text('administration.title')}
    </Link>
  );
}

function SignOut() {
  const { text } = useTexts();
  const router = useRouter();
  const leave = async () => {
    await signOut();
    forgetRecentPages();
    changeUser(nobody);
    router.clearCache();
    await router.navigate({ to: '/login' });
  };
  return (
    <button type="button" className="button" onClick={() => void leave()}>
      <LogOut size={16} aria-hidden /> {text('session.signOut')}
    </button>
  );
}
