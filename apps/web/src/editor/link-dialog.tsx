import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../frame/dialog';
import { useTexts } from '../messages/language';
import { pagesToLinkQuery } from '../rest/writing';
import type { LinkTarget } from './insertions';

const address = /^(https?:|mailto:|\/|#)/i;

/** Asks where a link goes: an address, or a page by its title. */
export function LinkDialog({ spaceKey, close }: { spaceKey: string; close(target?: LinkTarget): void }) {
  const { text } = useTexts();
  const [words, setWords] = useState('');
  const isAddress = address.test(words.trim());
  const { data: pages = [] } = useQuery({ ...pagesToLinkQuery(words), enabled: !isAddress && words.trim().length > 1 });
  const toPage = (title: string, key: string | undefined) =>
    close(key === undefined || key === spaceKey ? { title } : { title, spaceKey: key });
  return (
    <Dialog title={text('editor.link')} close={() => close()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = pages;
          if (isAddress) close({ href: words.trim() });
          else if (first) toPage(first.title, first.space?.key);
        }}
      >
        <label>
          {text('editor.link.where')}
          <input autoFocus value={words} onChange={({ target }) => setWords(target.value)} />
        </label>
        <ul className="link-pages">
          {pages.map((page) => (
            <li key={page.id}>
              <button type="button" className="link" onClick={() => toPage(page.title, page.space?.key)}>
                {page.title}
              </button>
            </li>
          ))}
        </ul>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => close()}>
            {text('editor.cancel')}
          </button>
          <button type="submit" className="button primary" disabled={!isAddress && pages.length === 0}>
            {text('editor.link.set')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
