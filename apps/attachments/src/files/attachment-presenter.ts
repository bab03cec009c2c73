import { Injectable } from '@nestjs/common';
import { baseUrlMark, identity, presentUser } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { AttachmentRow } from './attachment-rows.js';
import type { Container } from './container-access.js';

type Fields = Record<string, unknown>;
type PresentUser = (key: string | null) => object;

/** What a single attachment shows when the client names nothing. */
export const defaultExpand = ['version', 'container'];

const fileLink = (kind: 'attachments' | 'thumbnails', row: AttachmentRow): string =>
  `/download/${kind}/${row.containerId}/${encodeURIComponent(row.fileName)}?version=${row.version}&modificationDate=${row.changedAt.getTime()}&api=v2`;

/** Attachments as Confluence's JSON shows them. */
@Injectable()
export class AttachmentPresenter {
  constructor(private readonly messaging: MessagingClient) {}

  async present(rows: readonly AttachmentRow[], container: Container, expand: readonly string[]): Promise<Fields[]> {
    const expanded = new Set(expand.map((path) => path.split('.')[0] ?? ''));
    const showsUsers = expanded.has('version') || expanded.has('history');
    const user = await this.users(showsUsers ? rows.flatMap((row) => [row.createdBy, row.changedBy]) : []);
    return rows.map((row) => ({
      id: `att${row.id}`,
      type: 'attachment',
      status: row.status,
      title: row.fileName,
      ...expansions(row, container, expanded, user),
      metadata: {
        comment: row.comment,
        mediaType: row.mediaType,
        ...(expand.includes('metadata.labels') ? { labels: emptyList } : {}),
        _expandable: {},
      },
      extensions: {
        mediaType: row.mediaType,
        fileSize: Number(row.sizeBytes),
        comment: row.comment,
        hash: row.sha256,
      },
      _links: {
        webui: `/pages/viewpage.action?pageId=${row.containerId}&preview=%2F${row.containerId}%2F${row.id}%2F${encodeURIComponent(row.fileName)}`,
        download: fileLink('attachments', row),
        thumbnail: fileLink('thumbnails', row),
        self: `${baseUrlMark}/rest/api/content/att${row.id}`,
      },
      _expandable: unexpanded(row, container, expanded),
    }));
  }

  private async users(keys: readonly (string | null)[]): Promise<PresentUser> {
    const userKeys = [...new Set(keys.filter((key) => key !== null))];
    const { users } =
      userKeys.length > 0 ? await this.messaging.request(identity.findUsers, { userKeys }) : { users: [] };
    return (key) => {
      if (key === null) return presentUser(null);
      return presentUser(
        users.find((each) => each.userKey === key) ?? { userKey: key, username: key, displayName: key },
      );
    };
  }
}

const emptyList = { results: [], start: 0, limit: 200, size: 0 };

function expansions(
  row: AttachmentRow,
  container: Container,
  expanded: ReadonlySet<string>,
  user: PresentUser,
): Fields {
  const fields: Fields = {};
  if (expanded.has('version')) {
    const { changedAt, comment, version, minorEdit } = row;
    fields['version'] = {
      by: user(row.changedBy),
      when: changedAt.toISOString(),
      message: comment,
      number: version,
      minorEdit,
      hidden: false,
    };
  }
  if (expanded.has('history')) {
    fields['history'] = {
      latest: row.version === row.latestVersion,
      createdBy: user(row.createdBy),
      createdDate: row.createdAt.toISOString(),
    };
  }
  if (expanded.has('container')) {
    const { id, type, title } = container;
    fields['container'] = {
      id,
      type,
      status: 'current',
      title,
      _links: { self: `${baseUrlMark}/rest/api/content/${id}` },
      _expandable: {},
    };
  }
  if (expanded.has('space')) {
    const key = encodeURIComponent(container.spaceKey);
    fields['space'] = {
      key: container.spaceKey,
      _links: { webui: `/display/${key}`, self: `${baseUrlMark}/rest/api/space/${key}` },
    };
  }
  return fields;
}

function unexpanded(row: AttachmentRow, container: Container, expanded: ReadonlySet<string>): Fields {
  const all: Record<string, string> = {
    version: '',
    history: `/rest/api/content/att${row.id}/history`,
    container: `/rest/api/content/${container.id}`,
    space: `/rest/api/space/${encodeURIComponent(container.spaceKey)}`,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !expanded.has(name)));
}
