import { useTexts } from '../messages/language';

/** Stands for a screen that is on its way longer than a moment: the shape of a page. */
export function Pending() {
  const { text } = useTexts();
  return (
    <main id="content" tabIndex={-1} className="pending" aria-busy="true">
      <p className="visually-hidden">{text('app.loading')}</p>
      {['40%', '92%', '86%', '95%', '60%'].map((width) => (
        <div key={width} className="skeleton" style={{ width }} />
      ))}
    </main>
  );
}
