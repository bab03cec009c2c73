import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useRouter } from '@tanstack/react-router';
import { LogOut, Settings } from 'lucide-react';
import { useId } from 'react';
import { useTexts } from '../messages/language';
import { forgetRecentPages } from '../recent/recent-pages';
import { changeUser } from '../rest/queries';
import { nobody, sessionQuery, signOut } from '../rest/session';
import { Preferences } from './preferences';

/** Who is signed in, with what they set for themselves. */
export function Account() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { pathname, searchStr } = useLocation();
  const id = useId();
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
      <div id={id} popover="auto" className="account-menu">
        {isKnown && (
          <p>
            <strong>{user.displayName}</strong>
            <small>{user.username}</small>
          </p>
        )}
        <Preferences />
        {isKnown && <SignOut />}
      </div>
    </div>
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
