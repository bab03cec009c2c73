// The style sheets that all others build on come first.
import './frame/tokens.css';
import './frame/controls.css';
import './frame/frame.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { forgetWhoAborts } from './frame/abort-reasons';
import { LibraryLanguage } from './frame/library-language';
import { activateLanguage, currentLanguage, hasChosenLanguage } from './messages/language';
import { ApiError } from './rest/client';
import { queryClient } from './rest/queries';
import { sessionQuery } from './rest/session';
import { siteQuery } from './rest/site';
import { router } from './router';

const root = document.getElementById('app');
if (!root) throw new Error('The document has no place for the application');
forgetWhoAborts(AbortController);
// What the first screen needs is on its way before anything is drawn.
void queryClient.prefetchQuery(sessionQuery);
const siteKnown = queryClient.prefetchQuery(siteQuery);
void router.load();
await activateLanguage(currentLanguage());
if (!hasChosenLanguage()) void siteKnown.then(readInSiteLanguage);
/** What the server refused is told on the screen; any other error is a defect, and the console's to show. */
const onCaughtError = (error: unknown) => error instanceof ApiError || reportError(error);
createRoot(root, { onCaughtError }).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <LibraryLanguage>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LibraryLanguage>
    </I18nProvider>
  </StrictMode>,
);

/** While it can't be known, English is as good as any. */
async function readInSiteLanguage(): Promise<void> {
  const language = queryClient.getQueryData(siteQuery.queryKey)?.language;
  if (language !== undefined && language !== currentLanguage()) await activateLanguage(language);
}
