import { useId, useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { ApiError, signIn } from '../api';
import { Preferences } from '../frame/preferences';
import { useTexts } from '../messages/language';
import type { MessageKey } from '../messages/en';
import { useSession } from './session';

const problemOf = (error: unknown): MessageKey => {
  if (!(error instanceof ApiError)) return 'error.other.title';
  if (error.status === 401) return 'session.wrong';
  return error.status === 403 ? 'session.denied' : 'error.unavailable.title';
};

/** Only paths of this wiki: a link must not send somebody who signs in elsewhere. */
const localPath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export function SignIn() {
  const { text } = useTexts();
  const { user, setUser } = useSession();
  const [parameters] = useSearchParams();
  const [problem, setProblem] = useState<MessageKey>();
  const [busy, setBusy] = useState(false);
  const id = useId();
  if (user?.type === 'known') return <Navigate to={localPath(parameters.get('next'))} replace />;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    setBusy(true);
    setProblem(undefined);
    try {
      setUser(await signIn(field('username'), field('password'), form.get('remember') === 'on'));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)} aria-labelledby={`${id}-title`}>
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <h1 id={`${id}-title`}>{text('session.welcome')}</h1>
        {problem && (
          <p role="alert" className="problem">
            {text(problem)}
          </p>
        )}
        <label htmlFor={`${id}-username`}>{text('session.username')}</label>
        <input id={`${id}-username`} name="username" autoComplete="username" autoCapitalize="none" required autoFocus />
        <label htmlFor={`${id}-password`}>{text('session.password')}</label>
        <input id={`${id}-password`} name="password" type="password" autoComplete="current-password" required />
        <label className="check">
          <input name="remember" type="checkbox" defaultChecked /> {text('session.remember')}
        </label>
        <button className="primary" disabled={busy}>
          {text('session.signIn')}
        </button>
      </form>
      <Preferences />
    </main>
  );
}
