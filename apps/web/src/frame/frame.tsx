import { useSyncExternalStore } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { servedBy } from '../api';
import { useTexts } from '../messages/language';
import { useSession } from '../session/session';
import { Preferences } from './preferences';

/** What every page stands in: header, content, footer. */
export function Frame() {
  const { text } = useTexts();
  const node = useSyncExternalStore(servedBy.subscribe, servedBy.get);
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {text('app.skip')}
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          <span>{text('app.name')}</span>
        </Link>
        <nav aria-label={text('app.name')}>
          <Link to="/spaces">{text('spaces.title')}</Link>
        </nav>
        <Account />
      </header>
      <Outlet />
      <footer className="foot">
        <Preferences />
        {node && <span>{text('app.servedBy', { node })}</span>}
      </footer>
    </div>
  );
}

function Account() {
  const { text } = useTexts();
  const { user, leave } = useSession();
  const location = useLocation();
  const navigate = useNavigate();
  if (!user) return null;
  if (user.type === 'anonymous') {
    const next = `${location.pathname}${location.search}`;
    return (
      <Link className="account" to={`/login?next=${encodeURIComponent(next)}`}>
        {text('session.signIn')}
      </Link>
    );
  }
  return (
    <div className="account">
      <span className="who">{user.displayName}</span>
      <button type="button" className="quiet" onClick={() => void leave().then(() => navigate('/login'))}>
        {text('session.signOut')}
      </button>
    </div>
  );
}
