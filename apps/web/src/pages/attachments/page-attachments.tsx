import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { MoreButton } from '../../frame/more-button';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import { attachmentsQuery, type Attachment } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';
import { AddFiles } from './add-files';
import { FileRow } from './file-row';
import { useFileRights } from './use-file-rights';

const Lightbox = lazy(() => import('../body/lightbox'));
const TrashFileDialog = lazy(() => import('./trash-file-dialog'));

const isPicture = ({ extensions }: Attachment): boolean => extensions.mediaType.startsWith('image/');

/** The files of a page: to look at, download, add and remove. */
export function PageAttachments({ page }: { page: Page }) {
  const { text } = useTexts();
  const list = useInfiniteQuery(attachmentsQuery(page.id));
  const rights = useFileRights(page);
  const [shown, show] = useState<Attachment>();
  const [trashed, trash] = useState<Attachment>();
  const { data: files, error } = list;
  const pictures = files?.filter(isPicture) ?? [];
  if (error) return <p role="alert">{explained(error, text)}</p>;
  if (!files) return <p aria-busy="true">{text('app.loading')}</p>;
  return (
    <>
      {files.length === 0 ? (
        <p className="side-note">{text('attachments.none')}</p>
      ) : (
        <FileTable>
          {files.map((file) => (
            <FileRow
              key={file.id}
              pageId={page.id}
              file={file}
              show={isPicture(file) ? show : undefined}
              trash={rights.mayRemove(file) ? trash : undefined}
            />
          ))}
        </FileTable>
      )}
      <MoreButton list={list} />
      {rights.mayAdd && <AddFiles pageId={page.id} />}
      <Suspense>
        {shown && (
          <Lightbox
            pictures={pictures.map(({ title, _links }) => ({ address: _links.download, name: title }))}
            first={Math.max(
              pictures.findIndex(({ id }) => id === shown.id),
              0,
            )}
            close={() => show(undefined)}
          />
        )}
        {trashed && <TrashFileDialog pageId={page.id} file={trashed} close={() => trash(undefined)} />}
      </Suspense>
    </>
  );
}

function FileTable({ children }: { children: ReactNode }) {
  const { text } = useTexts();
  return (
    <div className="side-table" tabIndex={0} role="region" aria-label={text('attachments.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('attachments.name')}</th>
            <th scope="col">{text('attachments.size')}</th>
            <th scope="col">{text('attachments.changed')}</th>
            <th scope="col">
              <span className="visually-hidden">{text('attachments.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
