import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useId, type FormEvent } from 'react';
import { Preferences } from '../frame/preferences';
import { useTitle } from '../frame/title';
import { useTexts, type MessageKey } from '../messages/language';
import { ApiError } from '../rest/client';
import { changeUser } from '../rest/queries';
import { sessionQuery, signIn } from '../rest/session';
import { siteQuery } from '../rest/site';
import './sign-in.css';

const route = getRouteApi('/login');

const problemOf = (error: unknown): MessageKey => {
  if (!(error instanceof ApiError)) return 'error.other.title';
  if (error.status === 401) return 'session.wrong';
  return error.status === 403 ? 'session.denied' : 'error.unavailable.title';
};

/** Only paths of this wiki: a link must not send somebody who signs in elsewhere. */
const localPath = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

/** Signing in; it leads to where one wanted to go. */
export function SignIn() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const router = useRouter();
  const next = localPath(route.useSearch().next);
  const isSignedIn = user?.type === 'known';
  const { data: site } = useQuery(siteQuery);
  useTitle(text('session.signIn'));
  useEffect(() => {
    if (isSignedIn) void router.navigate({ href: next, replace: true });
    else if (site?.needsSetup) void router.navigate({ to: '/setup', replace: true });
  }, [isSignedIn, next, router, site?.needsSetup]);
  return (
    <main id="content" className="sign-in">
      <SignInForm />
      <Preferences />
    </main>
  );
}

function SignInForm() {
  const { text } = useTexts();
  const id = useId();
  const signing = useMutation({
    mutationFn: (form: FormData) => {
      const field = (name: string): string => {
        const value = form.get(name);
        return typeof value === 'string' ? value : '';
      };
      return signIn(field('username'), field('password'), form.get('remember') === 'on');
    },
    onSuccess: changeUser,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    signing.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} aria-labelledby={`${id}-title`}>
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1 id={`${id}-title`}>{text('session.welcome')}</h1>
      {signing.isError && (
        <p role="alert" className="problem">
          {text(problemOf(signing.error))}
        </p>
      )}
      <label htmlFor={`${id}-username`}>{text('session.username')}</label>
      <input id={`${id}-username`} name="username" autoComplete="username" autoCapitalize="none" required autoFocus />
      <label htmlFor={`${id}-password`}>{text('session.password')}</label>
      <input id={`${id}-password`} name="password" type="password" autoComplete="current-password" required />
      <label className="check">
        <input name="remember" type="checkbox" defaultChecked /> {text('session.remember')}
      </label>
      <button className="button primary" disabled={signing.isPending}>
        {text('session.signIn')}
      </button>
    </form>
  );
}
