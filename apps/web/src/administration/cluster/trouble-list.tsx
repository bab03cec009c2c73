import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useTexts } from '../../messages/language';
import { troublesOf, type Watched } from './troubles';

/** What isn't as it should be, in words. */
export function TroubleList(watched: Watched) {
  const { text, language } = useTexts();
  const troubles = troublesOf(watched, language, Date.now());
  return (
    <section className="troubles" aria-label={text('trouble.title')}>
      {troubles.length === 0 && (
        <p className="well">
          <CircleCheck size={18} aria-hidden /> {text('trouble.none', { count: watched.nodes.length })}
        </p>
      )}
      <ul>
        {troubles.map(({ key, values, weight }) => (
          <li key={`${key} ${Object.values(values)[0] ?? ''}`} className={weight}>
            {weight === 'problem' ? <TriangleAlert size={18} aria-hidden /> : <Info size={18} aria-hidden />}
            <span>{text(key, values)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
