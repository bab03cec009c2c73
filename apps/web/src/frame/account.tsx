import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';

const loadMenu = () => import('./account-menu');
const AccountMenu = lazy(loadMenu);

/** Who is signed in, with what they set for themselves. */
export function Account() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { pathname, searchStr } = useLocation();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
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
        aria-expanded={isOpen}
        aria-label={label}
        onPointerEnter={() => void loadMenu()}
        onClick={() => setOpen(true)}
      >
        {isKnown ? Array.from(user.displayName)[0]?.toUpperCase() : <Settings size={18} aria-hidden />}
      </button>
      <Suspense>
        {isOpen && (
          <AccountMenu label={label} user={isKnown ? user : undefined} button={button} close={() => setOpen(false)} />
        )}
      </Suspense>
    </div>
  );
}
