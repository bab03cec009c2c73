import { AppLink } from '../frame/app-link';
import { useTexts } from '../messages/language';
import type { Space } from '../rest/spaces';

/** A space in a list, with what it says of itself. */
export function SpaceCard({ space }: { space: Space }) {
  const { text } = useTexts();
  const description = space.description?.plain?.value;
  const isArchived = space.status === 'archived';
  return (
    <li>
      <AppLink href={space._links.webui}>
        <span className="space-badge" aria-hidden="true">
          {Array.from(space.name)[0]}
        </span>
        <span>
          <strong>{space.name}</strong>
          {isArchived && <small>{text('spaces.archived')}</small>}
          <small>{description || (space.type === 'personal' ? text('spaces.personal') : space.key)}</small>
        </span>
      </AppLink>
    </li>
  );
}
