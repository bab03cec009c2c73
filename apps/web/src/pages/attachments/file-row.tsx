import { Trash2 } from 'lucide-react';
import { useTexts } from '../../messages/language';
import type { Attachment } from '../../rest/page-sides';
import { formatBytes } from './format-bytes';

interface FileRowProperties {
  readonly pageId: string;
  readonly file: Attachment;
  /** Shows it here, where it is a picture. */
  readonly show: ((file: Attachment) => void) | undefined;
  /** For those who may remove it. */
  readonly trash: ((file: Attachment) => void) | undefined;
}

/** A file of a page with its older versions. */
export function FileRow({ pageId, file, show, trash }: FileRowProperties) {
  const { text, language, date } = useTexts();
  const { version, extensions, title, _links } = file;
  return (
    <tr>
      <td>
        {show && (
          <button
            type="button"
            className="file-picture"
            aria-label={text('attachments.show', { name: title })}
            onClick={() => show(file)}
          >
            <img src={_links.download} alt="" loading="lazy" />
          </button>
        )}
        <a href={_links.download} download={title}>
          {title}
        </a>
        {extensions.comment && <small>{extensions.comment}</small>}
        {version.number > 1 && <OlderVersions pageId={pageId} file={file} />}
      </td>
      <td>{formatBytes(extensions.fileSize, language)}</td>
      <td>
        <time dateTime={version.when}>{date(version.when)}</time>
        <small>{version.by.displayName}</small>
      </td>
      <td>
        {trash && (
          <button
            type="button"
            className="icon-button"
            aria-label={text('attachments.trash', { name: title })}
            onClick={() => trash(file)}
          >
            <Trash2 size={16} aria-hidden />
          </button>
        )}
      </td>
    </tr>
  );
}

/** More than anybody looks for; those before are there by their number. */
const olderMax = 20;

function OlderVersions({ pageId, file: { title, version } }: Pick<FileRowProperties, 'pageId' | 'file'>) {
  const { text } = useTexts();
  const numbers = Array.from(
    { length: Math.min(version.number - 1, olderMax) },
    (_, index) => version.number - 1 - index,
  );
  const address = `/download/attachments/${pageId}/${encodeURIComponent(title)}`;
  return (
    <details className="file-versions">
      <summary>{text('page.version', { number: version.number })}</summary>
      <ul>
        {numbers.map((number) => (
          <li key={number}>
            <a href={`${address}?version=${number}`} download={title}>
              {text('page.version', { number })}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
