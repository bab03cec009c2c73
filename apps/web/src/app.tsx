import { Route, Routes } from 'react-router';
import { NotHere } from './frame/failure';
import { Frame } from './frame/frame';
import { PageById, PageByTitle, SpaceHome } from './pages/page-routes';
import { SessionProvider } from './session/session';
import { SignIn } from './session/sign-in';
import { SpaceList } from './spaces/space-list';

/** Confluence's own addresses are this application's routes, so that old links go on working. */
export function App() {
  return (
    <SessionProvider>
      <Routes>
        <Route path="/login" element={<SignIn />} />
        <Route element={<Frame />}>
          <Route index element={<SpaceList />} />
          <Route path="/spaces" element={<SpaceList />} />
          <Route path="/dashboard.action" element={<SpaceList />} />
          <Route path="/display/:spaceKey" element={<SpaceHome />} />
          <Route path="/display/:spaceKey/*" element={<PageByTitle />} />
          <Route path="/pages/viewpage.action" element={<PageById />} />
          <Route path="/x/:tiny" element={<PageById />} />
          <Route path="*" element={<NotHere />} />
        </Route>
      </Routes>
    </SessionProvider>
  );
}
