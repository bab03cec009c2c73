import type { MouseEvent } from 'react';
import { useNavigate } from 'react-router';

/** Paths that this application shows itself; all others (downloads, REST) are the browser's. */
const ownPaths = /^\/($|display\/|pages\/viewpage\.action|spaces|x\/)/;

/** A page's body as the server rendered and sanitised it. Links inside the wiki don't load the application anew. */
export function RenderedBody({ html }: { html: string }) {
  const navigate = useNavigate();
  const click = (event: MouseEvent<HTMLDivElement>) => {
    if (!(event.target instanceof Element)) return;
    const control = event.target.closest('.expand-control');
    if (control) {
      control.closest('.expand-container')?.classList.toggle('expanded');
      return;
    }
    const link = event.target.closest('a');
    if (
      !link ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      link.target ||
      link.origin !== location.origin
    )
      return;
    const isAnchor = link.pathname === location.pathname && link.search === location.search && link.hash !== '';
    if (isAnchor || !ownPaths.test(link.pathname)) return;
    event.preventDefault();
    void navigate(`${link.pathname}${link.search}${link.hash}`);
  };
  return <div className="wiki-content" onClick={click} dangerouslySetInnerHTML={{ __html: html }} />;
}
