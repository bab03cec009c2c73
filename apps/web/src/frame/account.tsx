import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import { useOpening } from './use-opening';

const loadMenu = () => import('./account-menu');
const AccountMenu = lazy(loadMenu);

/** Who is signed in, with what they set for themselves. */
export function Account() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { pathname, searchStr } = useLocation();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useOpening(loadMenu);
  if (!user) return <div className="account" />;
  const isKnown = user.type === 'known';
  const label = isKnown ? text('app.account', { name: user.displayName }) : text('app.settings');
  return (
    <div className="account">
      {!isKnown && (
        <Link className="button" to="/login" search={{ next: `${pathname}${searchStr}` }}>
          {text('session.signIn')}
        </Link>
      )}
      <button
        ref={button}
        type="button"
        className={isKnown ? 'avatar' : 'icon-button'}
        aria-haspopup="dialog"
        aria-expanded={menu.isOpen}
        aria-label={label}
        onPointerEnter={menu.prepare}
        onClick={menu.open}
      >
        {isKnown ? Array.from(user.displayName)[0]?.toUpperCase() : <Settings size={18} aria-hidden />}
      </button>
      <Suspense>
        {menu.isOpen && (
          <AccountMenu label={label} user={isKnown ? user : undefined} button={button} close={menu.close} />
        )}
      </Suspense>
    </div>
  );
}
