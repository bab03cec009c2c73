import { attributeOf } from '../../document.js';
import { escapeHtml, tag } from '../html.js';
import type { ElementRenderer } from './element.js';

const FORMATS = {
  en: new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  ja: new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** A date, as the reader's language writes it. What isn't a date is shown as it is. */
export const renderTime: ElementRenderer = (element, scope) => {
  const datetime = attributeOf(element, 'datetime') ?? '';
  const date = /^\d{4}-\d{2}-\d{2}/.test(datetime) ? new Date(`${datetime.slice(0, 10)}T00:00:00Z`) : undefined;
  const isValid = date !== undefined && !Number.isNaN(date.getTime());
  const shown = isValid ? FORMATS[scope.locale].format(date) : datetime;
  const own = scope.render(element.children);
  return tag('time', { datetime, class: attributeOf(element, 'class') }, own === '' ? escapeHtml(shown) : own);
};
