import { useInfiniteQuery } from '@tanstack/react-query';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { attachmentsQuery, type Attachment } from '../../rest/page-sides';
import { formatBytes } from './format-bytes';

/** The files of a page, to download. */
export function PageAttachments({ pageId }: { pageId: string }) {
  const { text } = useTexts();
  const list = useInfiniteQuery(attachmentsQuery(pageId));
  const { data, error } = list;
  const files = data?.pages.flatMap(({ results }) => results);
  if (error) return <p role="alert">{text('error.unavailable.title')}</p>;
  if (!files) return <p aria-busy="true">{text('app.loading')}</p>;
  if (files.length === 0) return <p className="side-note">{text('attachments.none')}</p>;
  return (
    <>
      <div className="side-table" tabIndex={0} role="region" aria-label={text('attachments.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text('attachments.name')}</th>
              <th scope="col">{text('attachments.size')}</th>
              <th scope="col">{text('attachments.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <File key={file.id} file={file} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton list={list} label="spaces.more" />
    </>
  );
}

function File({ file }: { file: Attachment }) {
  const { language, date } = useTexts();
  const { version, extensions } = file;
  return (
    <tr>
      <td>
        <a href={file._links.download} download={file.title}>
          {file.title}
        </a>
        {extensions.comment && <small>{extensions.comment}</small>}
      </td>
      <td>{formatBytes(extensions.fileSize, language)}</td>
      <td>
        <time dateTime={version.when}>{date(version.when)}</time>
        <small>{version.by.displayName}</small>
      </td>
    </tr>
  );
}
