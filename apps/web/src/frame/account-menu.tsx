import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { LogOut, Settings, Shield } from 'lucide-react';
import type { RefObject } from 'react';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { forgetUnsent } from '../pages/comments/unsent';
import { forgetRecentPages } from '../recent/recent-pages';
import { changeUser } from '../rest/queries';
import { mayAdminister, mySessionQuery, nobody, signOut, type User } from '../rest/session';
import { Popover } from './popover';
import { Preferences } from './preferences';
import './account-menu.css';

interface Props {
  readonly label: string;
  /** Undefined for strangers. */
  readonly user: User | undefined;
  readonly button: RefObject<HTMLButtonElement | null>;
  close(): void;
}

/** What people set for themselves, and the ways from there. */
export default function AccountMenu({ label, user, button, close }: Props) {
  const { text } = useTexts();
  return (
    <Popover
      className="account-menu"
      aria-label={label}
      isOpen
      placement="bottom end"
      triggerRef={button}
      onOpenChange={close}
    >
      {user && (
        <p>
          <strong>{user.displayName}</strong>
          <small>{user.username}</small>
        </p>
      )}
      <Preferences />
      {user && (
        <>
          <Link className="button" to="/users/viewmysettings.action" onClick={close}>
            <Settings size={16} aria-hidden /> {text('app.mySettings')}
          </Link>
          <ToAdministration close={close} />
          <SignOut />
        </>
      )}
    </Popover>
  );
}

/** For those who may do something there. */
function ToAdministration({ close }: { close(): void }) {
  const { text } = useTexts();
  const { data: session } = useQuery(mySessionQuery);
  if (!session || !mayAdminister(session)) return null;
  return (
    <Link className="button" to="/admin" onClick={close}>
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
