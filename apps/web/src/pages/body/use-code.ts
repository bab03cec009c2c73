import { useEffect, type RefObject } from 'react';

const selector = 'pre[data-syntaxhighlighter-params]';
const languageOf = (pre: HTMLElement): string | undefined =>
  /brush: ([\w+#-]+)/.exec(pre.dataset['syntaxhighlighterParams'] ?? '')?.[1]?.toLowerCase();
const plain = new Set(['', 'none', 'plain', 'text', 'nohighlight']);

/** Colours the code of a body. What that needs is loaded where there is code, after the text is shown. */
export function useHighlighting(body: RefObject<HTMLElement | null>, html: string): void {
  useEffect(() => {
    const blocks = [...(body.current?.querySelectorAll<HTMLElement>(selector) ?? [])].filter(
      (pre) => !plain.has(languageOf(pre) ?? ''),
    );
    if (blocks.length === 0) return;
    let isGone = false;
    void import('./highlight').then(({ highlightedLines }) => {
      if (isGone) return;
      for (const pre of blocks) {
        const lines = highlightedLines(pre.textContent ?? '', languageOf(pre) ?? '');
        if (lines) show(pre, lines);
      }
    });
    return () => {
      isGone = true;
    };
  }, [body, html]);
}

function show(pre: HTMLElement, lines: readonly string[]): void {
  const numbered = pre.querySelectorAll('.line');
  if (numbered.length === 0) pre.innerHTML = lines.join('\n');
  for (const [index, line] of numbered.entries()) line.innerHTML = `${lines[index] ?? ''}\n`;
}
