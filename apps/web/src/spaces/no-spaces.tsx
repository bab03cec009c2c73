import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../messages/language';
import { mayCreateSpaces, mySessionQuery } from '../rest/session';
import { CreateSpaceButton } from './create-space-button';

/** What stands where no space is to be seen: the way to the first one, for those who may make it. */
export function NoSpaces() {
  const { text } = useTexts();
  const { data: session } = useQuery(mySessionQuery);
  const mayCreate = session !== undefined && mayCreateSpaces(session);
  return (
    <>
      <p>{text(mayCreate ? 'spaces.none.first' : 'spaces.none.text')}</p>
      <CreateSpaceButton />
    </>
  );
}
