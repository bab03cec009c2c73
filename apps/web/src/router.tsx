import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { CreateScreen, EditScreen, loadEditor } from './editor/edit-screen';
import { Failure, NotHere } from './frame/failure';
import { Frame } from './frame/frame';
import { Pending } from './frame/pending';
import { loadTexts } from './messages/language';
import { idOfTiny, titledAddress, type TitledAddress } from './pages/addresses';
import { PageScreen, SpaceScreen } from './pages/page-screen';
import { Reading } from './pages/reading';
import { draftQuery } from './rest/drafts';
import { ApiError } from './rest/client';
import { onceCalledQuery, pageQuery, spaceHomeQuery, titledPageQuery } from './rest/pages';
import { queryClient } from './rest/queries';
import { updatedQuery } from './rest/search';
import { mayAdminister, mayAdministerSystem, mySessionQuery } from './rest/session';
import { spacesQuery } from './rest/spaces';
import { editedPageQuery, writtenVersionQuery } from './rest/writing';
import { contentTypes, periodNames, type Filters } from './search/cql';
import { SignIn } from './session/sign-in';
import { SpaceList } from './spaces/space-list';

/**
 * Every screen with its address. Confluence's own addresses are this application's, so that old links go on working. A loader
 * reads what its screen shows before the screen changes, and already when somebody points at a link.
 */
const root = createRootRoute();

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { next?: string } => ({ next: text(search['next']) }),
  component: SignIn,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./session/set-up'), 'SetUp'),
});

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });

const listOfSpaces = {
  loader: () => queryClient.ensureInfiniteQueryData(spacesQuery),
  component: SpaceList,
};
const startingPoint = {
  loader: () => {
    // Beside the spaces, not after them.
    void queryClient.prefetchQuery(updatedQuery);
    return queryClient.ensureInfiniteQueryData(spacesQuery);
  },
  component: lazyRouteComponent(() => import('./dashboard/dashboard'), 'Dashboard'),
};
const home = createRoute({ getParentRoute: () => frame, path: '/', ...startingPoint });
const spaces = createRoute({ getParentRoute: () => frame, path: '/spaces', ...listOfSpaces });
const dashboard = createRoute({ getParentRoute: () => frame, path: '/dashboard.action', ...startingPoint });

/** What the search page asks for; CQL that somebody wrote stands in the place of all filters. */
export interface Search extends Filters {
  readonly cql?: string;
}

const search = createRoute({
  getParentRoute: () => frame,
  path: '/search',
  validateSearch: (given): Search => ({
    q: text(given['q']),
    space: text(given['space']),
    type: contentTypes.find((type) => type === given['type']),
    label: text(given['label']),
    author: text(given['author']),
    time: periodNames.find((time) => time === given['time']),
    cql: text(given['cql']),
  }),
  component: lazyRouteComponent(() => import('./search/search-screen'), 'SearchScreen'),
});

/** Screens beside the tree of a space. */
const reading = createRoute({ getParentRoute: () => frame, id: 'reading', component: Reading });

const space = createRoute({
  getParentRoute: () => reading,
  path: '/display/$spaceKey/',
  loader: async ({ params }) => {
    const found = await queryClient.ensureQueryData({ ...spaceHomeQuery(params.spaceKey), revalidateIfStale: true });
    return { space: found, page: found.homepage };
  },
  component: () => {
    const { spaceKey } = space.useParams();
    return <SpaceScreen query={() => spaceHomeQuery(spaceKey)} />;
  },
});

/** Blog posts have their day before the title. */
const titled = createRoute({
  getParentRoute: () => reading,
  path: '/display/$spaceKey/$',
  validateSearch: (search): { edit?: string } => (typeof search['edit'] === 'string' ? { edit: search['edit'] } : {}),
  loaderDeps: ({ search }) => ({ isEdit: search.edit !== undefined }),
  loader: async ({ params, deps }) => {
    const loaded = await loadTitled(titledAddress(params.spaceKey, params._splat ?? ''));
    if (deps.isEdit)
      throw redirect({ to: '/pages/resumedraft.action', search: { draftId: loaded.page.id }, replace: true });
    return loaded;
  },
  component: () => {
    const { spaceKey, _splat } = titled.useParams();
    return <PageScreen query={() => titledPageQuery(titledAddress(spaceKey, _splat ?? ''))} />;
  },
});

interface ViewPage {
  readonly pageId?: string;
  readonly spaceKey?: string;
  readonly title?: string;
  readonly version?: number;
}

const viewPageQuery = ({ pageId, spaceKey, title, version }: ViewPage) =>
  pageId === undefined ? titledPageQuery({ spaceKey: spaceKey ?? '', title: title ?? '' }) : pageQuery(pageId, version);

const viewPage = createRoute({
  getParentRoute: () => reading,
  path: '/pages/viewpage.action',
  validateSearch: (search): ViewPage => ({
    pageId: text(search['pageId']),
    spaceKey: text(search['spaceKey']),
    title: text(search['title']),
    // What was read already is read again on the way to another address.
    version: Number(search['version']) || undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) =>
    deps.pageId === undefined
      ? loadTitled({ spaceKey: deps.spaceKey ?? '', title: deps.title ?? '' })
      : loadPage(viewPageQuery(deps)),
  component: () => {
    const asked = viewPage.useSearch();
    return <PageScreen query={() => viewPageQuery(asked)} />;
  },
});

const compare = createRoute({
  getParentRoute: () => reading,
  path: '/pages/diffpagesbyversion.action',
  validateSearch: (search) => ({
    pageId: text(search['pageId']) ?? '',
    originalVersion: Number(search['originalVersion']) || 1,
    revisedVersion: Number(search['revisedVersion']) || 1,
  }),
  loaderDeps: ({ search }) => search,
  loader: async ({ deps: { pageId, originalVersion, revisedVersion } }) => {
    const written = [originalVersion, revisedVersion].map((version) => writtenVersionQuery(pageId, version));
    const [page] = await Promise.all([
      queryClient.ensureQueryData(pageQuery(pageId, revisedVersion)),
      ...written.map((version) => queryClient.ensureQueryData(version)),
    ]);
    return { space: page.space, page };
  },
  component: lazyRouteComponent(() => import('./pages/history/compare-screen'), 'CompareScreen'),
});

const blog = createRoute({
  getParentRoute: () => reading,
  path: '/pages/viewrecentblogposts.action',
  validateSearch: (search): { key: string } => ({ key: text(search['key']) ?? '' }),
  loaderDeps: ({ search }) => search,
  loader: async ({ deps }) => ({ space: await queryClient.ensureQueryData(spaceHomeQuery(deps.key)) }),
  component: lazyRouteComponent(() => import('./blog/blog-screen'), 'BlogScreen'),
});

const byId = createRoute({
  getParentRoute: () => reading,
  path: '/spaces/$spaceKey/pages/$pageId/{-$title}',
  loader: ({ params }) => loadPage(pageQuery(params.pageId)),
  component: () => {
    const { pageId } = byId.useParams();
    return <PageScreen query={() => pageQuery(pageId)} />;
  },
});

const tiny = createRoute({
  getParentRoute: () => reading,
  path: '/x/$tiny',
  loader: ({ params }) => loadPage(pageQuery(idOfTiny(params.tiny))),
  component: () => {
    const id = idOfTiny(tiny.useParams().tiny);
    return <PageScreen query={() => pageQuery(id)} />;
  },
});

const edit = createRoute({
  getParentRoute: () => frame,
  path: '/pages/resumedraft.action',
  validateSearch: (search): { draftId: string } => ({ draftId: text(search['draftId']) ?? '' }),
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) =>
    Promise.all([
      queryClient.fetchQuery(editedPageQuery(deps.draftId)),
      queryClient.prefetchQuery(draftQuery(deps.draftId)),
      loadEditor(),
    ]),
  component: () => <EditScreen pageId={edit.useSearch().draftId} />,
});

const editPage = createRoute({
  getParentRoute: () => frame,
  path: '/pages/editpage.action',
  validateSearch: (search): { pageId?: string } => ({ pageId: text(search['pageId']) }),
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/pages/resumedraft.action', search: { draftId: search.pageId ?? '' }, replace: true });
  },
});

const create = createRoute({
  getParentRoute: () => frame,
  path: '/pages/createpage.action',
  validateSearch: (search): { spaceKey: string; fromPageId?: string } => ({
    spaceKey: text(search['spaceKey']) ?? '',
    fromPageId: text(search['fromPageId']),
  }),
  loader: () => loadEditor(),
  component: () => {
    const { spaceKey, fromPageId } = create.useSearch();
    return <CreateScreen type="page" spaceKey={spaceKey} parentId={fromPageId} />;
  },
});

const createBlogPost = createRoute({
  getParentRoute: () => frame,
  path: '/pages/createblogpost.action',
  validateSearch: (search): { spaceKey: string } => ({ spaceKey: text(search['spaceKey']) ?? '' }),
  loader: () => loadEditor(),
  component: () => <CreateScreen type="blogpost" spaceKey={createBlogPost.useSearch().spaceKey} parentId={undefined} />,
});

/** A screen of administrators, with its texts; nothing of it is loaded before somebody goes there. */
const administration = createRoute({
  getParentRoute: () => frame,
  path: '/admin',
  loader: async () => {
    const [session] = await Promise.all([queryClient.ensureQueryData(mySessionQuery), loadTexts('administration')]);
    if (session.kind === 'anonymous') throw new ApiError(401, '');
    if (!mayAdminister(session)) throw new ApiError(403, '');
  },
  component: lazyRouteComponent(() => import('./administration/administration'), 'Administration'),
});
const consoleScreens = () => import('./administration/cluster/screens');
const administrationHome = createRoute({
  getParentRoute: () => administration,
  path: '/',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(mySessionQuery);
    throw redirect({ to: mayAdministerSystem(session) ? '/admin/cluster' : '/admin/users', replace: true });
  },
});
const cluster = createRoute({
  getParentRoute: () => administration,
  path: '/cluster',
  component: lazyRouteComponent(consoleScreens, 'NodesScreen'),
});
const jobs = createRoute({
  getParentRoute: () => administration,
  path: '/jobs',
  component: lazyRouteComponent(consoleScreens, 'JobsScreen'),
});
const caches = createRoute({
  getParentRoute: () => administration,
  path: '/caches',
  component: lazyRouteComponent(consoleScreens, 'CachesScreen'),
});
const tasks = createRoute({
  getParentRoute: () => administration,
  path: '/tasks',
  component: lazyRouteComponent(consoleScreens, 'TasksScreen'),
});
const events = createRoute({
  getParentRoute: () => administration,
  path: '/events',
  component: lazyRouteComponent(consoleScreens, 'EventsScreen'),
});

const peopleScreens = () => import('./administration/people/screens');
const users = createRoute({
  getParentRoute: () => administration,
  path: '/users',
  component: lazyRouteComponent(peopleScreens, 'UsersScreen'),
});
const groups = createRoute({
  getParentRoute: () => administration,
  path: '/groups',
  component: lazyRouteComponent(peopleScreens, 'GroupsScreen'),
});
const permissions = createRoute({
  getParentRoute: () => administration,
  path: '/permissions',
  component: lazyRouteComponent(peopleScreens, 'PermissionsScreen'),
});
const spaceSettings = createRoute({
  getParentRoute: () => frame,
  path: '/spaces/viewspacesummary.action',
  validateSearch: (search): { key: string } => ({ key: text(search['key']) ?? '' }),
  loader: () => loadTexts('administration'),
  component: lazyRouteComponent(() => import('./administration/space/space-screen'), 'SpaceScreen'),
});
const mySettings = createRoute({
  getParentRoute: () => frame,
  path: '/users/viewmysettings.action',
  loader: async () => {
    const [{ kind }] = await Promise.all([queryClient.fetchQuery(mySessionQuery), loadTexts('administration')]);
    if (kind === 'anonymous') throw new ApiError(401, '');
  },
  component: lazyRouteComponent(() => import('./settings/my-settings'), 'MySettings'),
});

const siteSettings = createRoute({
  getParentRoute: () => administration,
  path: '/site',
  component: lazyRouteComponent(() => import('./administration/site/site-screen'), 'SiteScreen'),
});
/** Every other address, in the frame from which one finds the way. */
const unknown = createRoute({ getParentRoute: () => frame, path: '$', component: NotHere });

async function loadPage(query: ReturnType<typeof pageQuery | typeof titledPageQuery>) {
  const page = await queryClient.ensureQueryData({ ...query, revalidateIfStale: true });
  return { space: page.space, page };
}

/** An address with the title that a page had before leads to the address that it has now. */
async function loadTitled(page: TitledAddress) {
  try {
    return await loadPage(titledPageQuery(page));
  } catch (error) {
    const isMissing = error instanceof ApiError && error.status === 404 && page.postingDay === undefined;
    const address = isMissing ? await queryClient.fetchQuery(onceCalledQuery(page.spaceKey, page.title)) : null;
    if (address === null) throw error;
    throw redirect({ href: address, replace: true, state: { formerTitle: page.title } });
  }
}

/** Parameters are text, as Confluence's are: the router by itself reads a page that is titled 2024 as a number. */
function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? '' : `?${parameters.toString()}`;
}

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    frame.addChildren([
      home,
      spaces,
      dashboard,
      search,
      reading.addChildren([space, titled, viewPage, compare, blog, byId, tiny]),
      edit,
      editPage,
      create,
      createBlogPost,
      spaceSettings,
      mySettings,
      administration.addChildren([
        administrationHome,
        cluster,
        jobs,
        caches,
        tasks,
        events,
        users,
        groups,
        permissions,
        siteSettings,
      ]),
      unknown,
    ]),
  ]),
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultPendingComponent: Pending,
  defaultErrorComponent: Failure,
  defaultNotFoundComponent: NotHere,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
