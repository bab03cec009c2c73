import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useId, type FormEvent, type ReactNode } from 'react';
import { LanguageOptions } from '../frame/language-options';
import { Preferences } from '../frame/preferences';
import { useTitle } from '../frame/title';
import { useTexts, type Language, type MessageKey } from '../messages/language';
import { ApiError } from '../rest/client';
import { changeUser, queryClient } from '../rest/queries';
import { signIn } from '../rest/session';
import { makeDemoSpace, setUpSite, siteQuery } from '../rest/site';
import './sign-in.css';
import './set-up.css';

class PasswordsDiffer extends Error {}

const passwordLengthMin = 8;

const problemOf = (error: unknown): MessageKey => {
  if (error instanceof PasswordsDiffer) return 'setup.differ';
  if (!(error instanceof ApiError)) return 'error.other.title';
  if (error.status === 403) return 'setup.wrongCode';
  return error.status === 409 ? 'setup.done' : 'error.unavailable.title';
};

async function setUp(form: FormData) {
  const field = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const [username, password] = [field('username'), field('password')];
  const language = field('language') as Language;
  if (password !== field('repeat')) throw new PasswordsDiffer();
  await setUpSite({
    code: field('code').trim(),
    siteName: field('siteName'),
    language,
    username,
    displayName: field('displayName'),
    password,
  });
  const user = await signIn(username, password, true);
  if (form.has('demo')) {
    // Without it the wiki is set up all the same; the administrator finds the same offer among the settings of the site.
    await makeDemoSpace(language).catch(reportError);
  }
  return user;
}

/** The first screen of a new wiki. The operator's link has the code behind its `#`, which browsers send to nobody. */
export function SetUp() {
  const { text } = useTexts();
  const router = useRouter();
  const { data: site } = useQuery(siteQuery);
  const isDone = site?.needsSetup === false;
  useTitle(text('setup.title'));
  useEffect(() => {
    if (isDone) void router.navigate({ to: '/', replace: true });
  }, [isDone, router]);
  return (
    <main id="content" className="sign-in set-up">
      {site?.needsSetup && <SetUpForm />}
      <Preferences />
    </main>
  );
}

function SetUpForm() {
  const { text, language } = useTexts();
  const { hash } = useLocation();
  const id = useId();
  const setting = useMutation({
    mutationFn: setUp,
    onSuccess: (user) => {
      changeUser(user);
      return queryClient.fetchQuery({ ...siteQuery, staleTime: 0 });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setting.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} aria-labelledby={`${id}-title`}>
      <img src="/favicon.svg" alt="" width="40" height="40" />
      <h1 id={`${id}-title`}>{text('setup.title')}</h1>
      <p className="hint">{text('setup.text')}</p>
      <fieldset>
        <legend>{text('setup.wiki')}</legend>
        <Entry name="code" label={text('setup.code')} hint={text('setup.code.hint')} defaultValue={hash} />
        <Entry
          name="siteName"
          label={text('setup.siteName')}
          hint={text('setup.siteName.hint')}
          autoFocus={hash !== ''}
        />
        <label htmlFor={`${id}-language`}>{text('site.language')}</label>
        <select
          id={`${id}-language`}
          name="language"
          key={language}
          defaultValue={language}
          aria-describedby={`${id}-chosen`}
        >
          <LanguageOptions />
        </select>
        <p id={`${id}-chosen`} className="hint">
          {text('site.language.hint')}
        </p>
        <label className="set-up-choice">
          <input type="checkbox" name="demo" defaultChecked aria-describedby={`${id}-demo`} />
          <span>{text('setup.demo')}</span>
        </label>
        <p id={`${id}-demo`} className="hint">
          {text('setup.demo.hint')}
        </p>
      </fieldset>
      <fieldset>
        <legend>{text('setup.administrator')}</legend>
        <Entry name="displayName" label={text('setup.displayName')} autoComplete="name" />
        <Entry name="username" label={text('session.username')} autoComplete="username" defaultValue="admin" />
        <Entry
          name="password"
          type="password"
          label={text('session.password')}
          hint={text('setup.password.hint')}
          minLength={passwordLengthMin}
          autoComplete="new-password"
        />
        <Entry name="repeat" type="password" label={text('setup.repeat')} autoComplete="new-password" />
      </fieldset>
      {setting.isError && (
        <p role="alert" className="problem">
          {text(problemOf(setting.error))}
        </p>
      )}
      <button className="button primary" disabled={setting.isPending}>
        {text('setup.submit')}
      </button>
    </form>
  );
}

interface EntryProperties {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly type?: string;
  readonly defaultValue?: string;
  readonly minLength?: number;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
}

function Entry({ name, label, hint, type = 'text', autoComplete = 'off', ...rest }: EntryProperties) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={hint ? `${id}-hint` : undefined}
        required
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </>
  );
}
