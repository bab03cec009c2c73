import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { FileText, History, MessageSquare, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { Combobox, ComboboxField, ComboboxOptions } from '../frame/combobox';
import { Overlay } from '../frame/overlay';
import { useTexts } from '../messages/language';
import { recentPages } from '../recent/recent-pages';
import { firstFoundQuery, type SearchResult } from '../rest/search';
import { sessionQuery } from '../rest/session';
import { quoted, typedWords } from './cql';
import { useSettled } from './use-settled';
import { Marked, withoutMarks } from './marked';

/** Something that the reader can go to. */
interface Option {
  readonly key: string;
  readonly href: string;
  readonly icon: typeof FileText;
  readonly title: string;
  readonly beside?: string;
}

const ofTitleMax = 6;
const ofTextMax = 6;

/** The way to a page: the last ones that were read and, when something is typed, what is found for it. */
export default function QuickSearchDialog({ close }: { close(): void }) {
  const { text } = useTexts();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  /** What the reader has chosen by keys or pointer; else it is the first. */
  const [chosen, choose] = useState<string>();
  const [goesWhenFound, setGoesWhenFound] = useState(false);
  const { options, status, isFound } = useOptions(typed);
  const current = options.find(({ key }) => key === chosen) ?? options[0];
  const go = (option: Option | undefined) => {
    if (!option) return;
    close();
    void router.navigate({ href: option.href });
  };
  useEffect(() => {
    if (goesWhenFound && isFound) go(current);
  });
  // What stands there until the answer comes was found for earlier words.
  const enter = () => (!isFound && current?.key !== chosen ? setGoesWhenFound(true) : go(current));
  const change = (words: string) => {
    setTyped(words);
    choose(undefined);
    setGoesWhenFound(false);
  };
  return (
    <Overlay className="quick-search" label={text('search.open')} isDismissable close={close}>
      <Combobox words={typed} change={change} enter={enter}>
        <div className="quick-search-field">
          <Search size={18} aria-hidden />
          <ComboboxField label={text('search.open')} isLabelHidden placeholder={text('search.placeholder')} />
        </div>
        <p role="status" className={options.length > 0 ? 'visually-hidden' : 'quick-search-note'}>
          {status}
        </p>
        <ComboboxOptions
          className="quick-search-options"
          label={text(typed.trim() === '' ? 'search.recent' : 'search.results')}
          words={typed}
          options={options}
          current={current}
          choose={choose}
          act={go}
        >
          {(option) => (
            <>
              <option.icon size={16} aria-hidden />
              <span className="quick-search-title">
                <Marked text={option.title} />
              </span>
              {option.beside && <small>{option.beside}</small>}
            </>
          )}
        </ComboboxOptions>
      </Combobox>
    </Overlay>
  );
}

interface Options {
  readonly options: readonly Option[];
  readonly status: string;
  /** Whether they are those of what is typed, and not of what was typed before. */
  readonly isFound: boolean;
}

/** The recent pages when nothing is typed; else what has it in the title, then what has it in the text, then the whole search. */
function useOptions(typed: string): Options {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const settled = useSettled(typed);
  const words = typedWords(settled);
  const isSought = words !== '' && typed.trim() !== '';
  const titles = useQuery({
    ...firstFoundQuery(`title ~ ${quoted(words)} and type in (page, blogpost)`, ofTitleMax),
    enabled: isSought,
  });
  const texts = useQuery({ ...firstFoundQuery(`siteSearch ~ ${quoted(words)}`, ofTextMax), enabled: isSought });
  const recent = useDeferredValue(recentPages(user?.username));
  if (typed.trim() === '') {
    const options = recent.map(({ id, title, space, href }) => ({
      key: id,
      href,
      icon: History,
      title,
      beside: space,
    }));
    return { options, status: options.length === 0 ? text('search.noRecent') : text('search.recent'), isFound: true };
  }
  const found = isSought ? [...(titles.data?.results ?? []), ...(texts.data?.results ?? [])] : [];
  const ids = found.map((result) => result.content.id);
  const unique = found.filter((result, index) => ids.indexOf(result.content.id) === index);
  const whole = {
    key: 'all',
    href: `/search?${new URLSearchParams({ q: typed.trim() }).toString()}`,
    icon: Search,
    title: text('search.all', { words: typed.trim() }),
  };
  const failed = titles.error ?? texts.error;
  const isAnswered = [titles, texts].every((query) => !query.isPending && !query.isPlaceholderData);
  const isFound = settled === typed && (isAnswered || !isSought);
  const status = failed ? text('error.unavailable.title') : text('search.count', { count: unique.length });
  return { options: [...unique.map(optionOf), whole], status: isFound ? status : text('app.loading'), isFound };
}

const optionOf = (result: SearchResult): Option => ({
  key: result.content.id,
  href: result.url,
  icon: result.content.type === 'comment' ? MessageSquare : FileText,
  title: result.content.type === 'comment' ? withoutMarks(result.title) : result.title,
  beside: result.resultGlobalContainer.title,
});
