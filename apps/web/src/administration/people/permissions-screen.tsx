import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { sitePermissions } from '../../rest/administration';
import { Grants } from '../grants';

const operations = [
  { targetType: 'application', operationKey: 'use' },
  { targetType: 'personal_space', operationKey: 'create' },
  { targetType: 'space', operationKey: 'create' },
  { targetType: 'application', operationKey: 'administer' },
  { targetType: 'system', operationKey: 'administer' },
];

/** Who may use the site, make spaces, administer. */
export function PermissionsScreen() {
  const { text } = useTexts();
  useTitle(text('permissions.title'));
  return (
    <main id="content" tabIndex={-1} className="screen">
      <h1>{text('permissions.title')}</h1>
      <Grants path={sitePermissions} operations={operations} />
    </main>
  );
}
