import { useState, type ReactNode, type RefObject } from 'react';
import { useTexts } from '../messages/language';
import type { Page } from '../rest/pages';
import { PageAttachments } from './attachments/page-attachments';
import { Comments } from './comments/comments';
import { InlineComments } from './inline-comments/inline-comments';
import { LikeButton } from './likes/like-button';
import { PageInformation } from './information/page-information';
import './page-sides.css';

interface PageSidesProperties {
  readonly page: Page;
  /** Where its text is shown. */
  readonly article: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** What is below a page's text; it comes after the text, which nobody waits for because of it. */
export default function PageSides({ page, article, children }: PageSidesProperties) {
  const { text } = useTexts();
  return (
    <>
      {page.status === 'current' && (
        <>
          <p className="page-likes">
            <LikeButton pageId={page.id} />
          </p>
          <InlineComments page={page} article={article} />
          <Comments pageId={page.id} />
        </>
      )}
      <Side title={text('attachments.title')}>
        <PageAttachments page={page} />
      </Side>
      {children}
      <Side title={text('information.title')}>
        <PageInformation page={page} />
      </Side>
    </>
  );
}

/** Read when somebody opens it. */
function Side({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="side" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children}
    </details>
  );
}
