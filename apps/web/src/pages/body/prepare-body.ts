import { sanitiseBody } from './sanitise-body';

/** Texts that stand in a body. */
export interface BodyTexts {
  readonly taskDone: string;
  readonly taskOpen: string;
  readonly source: string;
  readonly copy: string;
  readonly enlarge: string;
}

/** What is done to a body before it is shown; each works on elements that the renderer made. */
const steps: readonly ((body: HTMLElement, texts: BodyTexts) => void)[] = [
  prepareExpands,
  prepareCode,
  prepareTasks,
  prepareCells,
  prepareColours,
  prepareImages,
];

/**
 * A body as the server rendered and sanitised it, as HTML that works with a keyboard, a screen reader and dark paper. Sanitised last, so that
 * what comes out is what was looked at.
 */
export function prepareBody(html: string, texts: BodyTexts): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const step of steps) step(body, texts);
  return sanitiseBody(body.innerHTML);
}

const all = (body: HTMLElement, selector: string): HTMLElement[] => [...body.querySelectorAll<HTMLElement>(selector)];

/** The heading of an expand becomes a button; what it hides can still be found by the browser's search. */
function prepareExpands(body: HTMLElement): void {
  for (const control of all(body, '.expand-control')) {
    const content = control.nextElementSibling;
    if (!content) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = control.className;
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', content.id);
    button.append(...control.querySelectorAll('.expand-control-text'));
    control.replaceWith(button);
    content.setAttribute('hidden', 'until-found');
  }
}

/** Lines get numbers where the writer wants them, and code that is to be collapsed opens when it is asked for. */
function prepareCode(body: HTMLElement, texts: BodyTexts): void {
  for (const pre of all(body, 'pre[data-syntaxhighlighter-params]')) {
    const settings = pre.dataset['syntaxhighlighterParams'] ?? '';
    if (settings.includes('gutter: true')) numberLines(pre, Number(/first-line: (\d+)/.exec(settings)?.[1] ?? 1));
    const frame = framed(pre, texts.copy);
    if (!settings.includes('collapse: true')) continue;
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = texts.source;
    frame.replaceWith(details);
    details.append(summary, frame);
  }
}

/** Code with a button that copies it. */
function framed(pre: HTMLElement, copy: string): HTMLElement {
  const frame = document.createElement('div');
  const button = document.createElement('button');
  frame.className = 'code-frame';
  button.type = 'button';
  button.className = 'code-copy';
  button.textContent = copy;
  pre.replaceWith(frame);
  frame.append(pre, button);
  return frame;
}

function numberLines(pre: HTMLElement, first: number): void {
  const lines = (pre.textContent ?? '').replace(/\n$/, '').split('\n');
  pre.classList.add('numbered');
  pre.style.setProperty('--first-line', String(first - 1));
  pre.replaceChildren(
    ...lines.map((line) => {
      const span = document.createElement('span');
      span.className = 'line';
      span.textContent = `${line}\n`;
      return span;
    }),
  );
}

/** A box that shows, and says, whether a task is done. */
function prepareTasks(body: HTMLElement, texts: BodyTexts): void {
  for (const task of all(body, '.inline-task-list > li')) {
    const box = document.createElement('span');
    const text = document.createElement('div');
    box.className = 'task-box';
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', task.classList.contains('checked') ? texts.taskDone : texts.taskOpen);
    text.append(...task.childNodes);
    task.append(box, text);
  }
}

/** Cells whose colour was chosen by its number rather than its name. */
function prepareCells(body: HTMLElement): void {
  for (const cell of all(body, '[data-highlight-colour^="#"]')) {
    cell.style.backgroundColor = cell.dataset['highlightColour'] ?? '';
  }
}

/** Colours that writers chose for white paper become a property that the style sheet fits to the paper that there is. */
function prepareColours(body: HTMLElement): void {
  for (const element of all(body, '[style*="color"]')) {
    const { color, backgroundColor } = element.style;
    if (backgroundColor !== '') element.classList.add('on-own-paper');
    if (color === '' || color.startsWith('var(')) continue;
    element.style.color = '';
    element.style.setProperty('--written', color);
    element.classList.add('written-colour');
  }
}

/** An image that nobody described is known by its file's name; one that isn't a link opens in large. */
function prepareImages(body: HTMLElement, texts: BodyTexts): void {
  for (const image of all(body, 'img:not([alt])')) {
    image.setAttribute('alt', image.dataset['linkedResourceDefaultAlias'] ?? '');
  }
  for (const image of all(body, 'img[data-image-src]')) {
    const name = image.getAttribute('alt') ?? '';
    if (image.closest('a') || name === '') continue;
    const link = document.createElement('a');
    link.className = 'image-link';
    link.href = image.dataset['imageSrc'] ?? '';
    link.title = texts.enlarge;
    image.replaceWith(link);
    link.append(image);
  }
}
