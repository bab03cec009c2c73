import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { ApiError } from '../../rest/client';
import { queryClient } from '../../rest/queries';
import { LanguageOptions } from '../../frame/language-options';
import { changeSite, makeDemoSpace, siteQuery, type Site } from '../../rest/site';
import { spacesChanged } from '../../rest/spaces';
import { ActionButton } from '../action-button';
import { Field, Form } from '../form';
import { Loaded } from '../loaded';

/** What the whole wiki is called, and a space to begin with. */
export function SiteScreen() {
  const { text } = useTexts();
  const site = useQuery(siteQuery);
  const [isSaved, setSaved] = useState(false);
  useTitle(text('site.title'));
  const change = async ({ name = '', language }: Record<string, string>) => {
    setSaved(false);
    await changeSite({ name, language: language as Site['language'] });
    await queryClient.invalidateQueries({ queryKey: siteQuery.queryKey });
    setSaved(true);
  };
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('site.title')}</h1>
      <p className="hint">{text('site.hint')}</p>
      <Loaded query={site}>
        {({ name, language }) => (
          <Form key={`${name} ${language}`} label={text('site.title')} submit={text('site.save')} action={change}>
            <Field name="name" label={text('site.name')} defaultValue={name} />
            <label>
              <span>{text('site.language')}</span>
              <select name="language" defaultValue={language} aria-describedby="site-language">
                <LanguageOptions />
              </select>
            </label>
            <p id="site-language" className="hint">
              {text('site.language.hint')}
            </p>
          </Form>
        )}
      </Loaded>
      <p role="status">{isSaved && text('site.saved')}</p>
      <DemoSpace />
    </main>
  );
}

/** Makes the space that explains the wiki, and goes there. Its own settings delete it, like every other one. */
function DemoSpace() {
  const { text, language } = useTexts();
  const navigate = useNavigate();
  const [isThere, setThere] = useState(false);
  const add = async () => {
    const spaceKey = await makeDemoSpace(language).catch((error: unknown) => {
      if (error instanceof ApiError && error.refusals.includes('spaceKeyTaken')) return undefined;
      throw error;
    });
    setThere(spaceKey === undefined);
    if (spaceKey === undefined) return;
    await spacesChanged();
    await navigate({ to: '/display/$spaceKey', params: { spaceKey } });
  };
  return (
    <section aria-labelledby="demo-space">
      <h2 id="demo-space">{text('site.demo')}</h2>
      <p className="hint">{text('site.demo.hint')}</p>
      <p className="actions">
        <ActionButton label={text('site.demo.add')} action={add} />
      </p>
      <p role="status">{isThere && text('site.demo.exists')}</p>
    </section>
  );
}
