import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTexts } from '../messages/language';
import { mayAdministerSystem, mySessionQuery } from '../rest/session';
import './administration.css';

/** The screens of administrators, beside the way from one to another. */
export function Administration() {
  const { text } = useTexts();
  const { data: session } = useQuery(mySessionQuery);
  return (
    <div className="administration">
      <nav aria-label={text('administration.title')}>
        {session && mayAdministerSystem(session) && <ClusterLinks />}
        <h2>{text('site.title')}</h2>
        <ul>
          <li>
            <Link to="/admin/site">{text('site.general')}</Link>
          </li>
        </ul>
        <h2>{text('administration.people')}</h2>
        <ul>
          <li>
            <Link to="/admin/users">{text('users.title')}</Link>
          </li>
          <li>
            <Link to="/admin/groups">{text('groups.title')}</Link>
          </li>
          <li>
            <Link to="/admin/permissions">{text('permissions.title')}</Link>
          </li>
        </ul>
      </nav>
      <Outlet />
    </div>
  );
}

/** For those to whom the console answers. */
function ClusterLinks() {
  const { text } = useTexts();
  return (
    <>
      <h2>{text('administration.cluster')}</h2>
      <ul>
        <li>
          <Link to="/admin/cluster">{text('administration.nodes')}</Link>
        </li>
        <li>
          <Link to="/admin/jobs">{text('administration.jobs')}</Link>
        </li>
        <li>
          <Link to="/admin/caches">{text('administration.caches')}</Link>
        </li>
        <li>
          <Link to="/admin/tasks">{text('administration.tasks')}</Link>
        </li>
        <li>
          <Link to="/admin/events">{text('administration.events')}</Link>
        </li>
      </ul>
    </>
  );
}
