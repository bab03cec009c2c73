import { useTexts } from '../messages/language';

/** Stands for a page that is on its way. */
export function Waiting() {
  const { text } = useTexts();
  return (
    <main id="content" className="waiting" aria-busy="true">
      <p>{text('app.loading')}</p>
    </main>
  );
}
