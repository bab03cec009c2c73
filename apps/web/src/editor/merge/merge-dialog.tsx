import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { writtenVersionQuery, type EditedPage } from '../../rest/writing';
import type { DraftText } from '../drafts/remote-drafts';
import { mergeBodies, mergeTitles } from './merge-bodies';
import { MergeRegions } from './merge-regions';
import type { Choice } from './regions';
import './merge.css';

interface Props {
  /** The page as somebody else has published it. */
  readonly theirs: EditedPage;
  /** What is on the writer's screen, and the version that it was made from. */
  readonly mine: DraftText;
  /** What both began with, where that was never published. */
  readonly begun: DraftText;
  /** The writer goes on with this text, which was made of both. */
  merged(text: DraftText): void;
  close(): void;
}

/** Somebody else has published the page since the writer began: both texts are put together, and nothing of either is lost unasked. */
export function MergeDialog({ theirs, mine, begun, merged, close }: Props) {
  const { text, date } = useTexts();
  const isFirst = mine.version === 0;
  const { data, error } = useQuery({ ...writtenVersionQuery(theirs.id, mine.version), enabled: !isFirst });
  const base = isFirst ? begun : data && { title: data.title, body: data.body.storage.value };
  const { by, when, number } = theirs.version;
  return (
    <Dialog title={text('merge.title')} isWide close={close}>
      <p>{text('merge.text', { name: by.displayName, date: date(when), number })}</p>
      {error && <p role="alert">{text(failureKey(error))}</p>}
      {!base && !error && <p aria-busy="true">{text('app.loading')}</p>}
      {base && <MergeForm base={base} theirs={theirs} mine={mine} merged={merged} close={close} />}
    </Dialog>
  );
}

interface FormProps extends Omit<Props, 'begun'> {
  readonly base: Pick<DraftText, 'title' | 'body'>;
}

function MergeForm({ base, theirs, mine, merged, close }: FormProps) {
  const { text } = useTexts();
  const merge = useMemo(() => mergeBodies(base.body, theirs.body.storage.value, mine.body), [base, theirs, mine]);
  const disputed = merge.disputes.length;
  const [choices, setChoices] = useState<readonly Choice[]>(() => Array.from({ length: disputed }, () => 'both'));
  const title = mergeTitles(base.title, theirs.title, mine.title);
  const [chosenTitle, setTitle] = useState(title ?? mine.title);
  const finish = () => merged({ title: chosenTitle, body: merge.body(choices), version: theirs.version.number });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <p role="status">{text(disputed === 0 ? 'merge.agreed' : 'merge.disputed', { count: disputed })}</p>
      {title === undefined && (
        <fieldset className="merge-region disputed">
          <legend>{text('editor.title')}</legend>
          {[theirs.title, mine.title].map((each) => (
            <label key={each}>
              <input type="radio" name="title" checked={chosenTitle === each} onChange={() => setTitle(each)} /> {each}
            </label>
          ))}
        </fieldset>
      )}
      <MergeRegions
        regions={merge.regions}
        name={theirs.version.by.displayName}
        choiceOf={(region) => choices[merge.disputes.indexOf(region)] ?? 'both'}
        choose={(region, choice) => setChoices(choices.with(merge.disputes.indexOf(region), choice))}
      />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('merge.back')}
        </button>
        <button type="submit" className="button primary">
          {text('merge.do')}
        </button>
      </div>
    </form>
  );
}
