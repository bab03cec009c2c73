import { useParams, useSearchParams } from 'react-router';
import { findPage, readSpace } from '../api';
import { Failure } from '../frame/failure';
import { useLoading } from '../loading';
import { useSession } from '../session/session';
import { PageView } from './page-view';
import { Waiting } from './waiting';

/** `/pages/viewpage.action?pageId=` or `?spaceKey=&title=`, and the short `/x/…` links. */
export function PageById() {
  const [parameters] = useSearchParams();
  const { tiny } = useParams();
  const [id, spaceKey, title] = [parameters.get('pageId'), parameters.get('spaceKey'), parameters.get('title')];
  if (id) return <PageView id={id} />;
  if (tiny) return <PageView id={idOfTiny(tiny)} />;
  return <Titled spaceKey={spaceKey ?? ''} title={title ?? ''} />;
}

/** `/display/KEY/Title+With+Plus`, also with a blog post's day before the title. */
export function PageByTitle() {
  const { spaceKey = '', '*': path = '' } = useParams();
  const raw = path.replace(/^\d{4}\/\d{2}\/\d{2}\//, '');
  return <Titled spaceKey={spaceKey} title={raw.replaceAll('+', ' ')} />;
}

/** A space's address shows its home page. */
export function SpaceHome() {
  const { spaceKey = '' } = useParams();
  const { user } = useSession();
  const space = useLoading((signal) => readSpace(spaceKey, signal), [spaceKey, user]);
  if (space.state === 'failed') return <Failure error={space.error} retry={space.retry} />;
  if (space.state === 'loading') return <Waiting />;
  return space.value.homepage ? (
    <PageView id={space.value.homepage.id} />
  ) : (
    <Failure error={new Error(space.value.name)} />
  );
}

function Titled({ spaceKey, title }: { spaceKey: string; title: string }) {
  const { user } = useSession();
  const found = useLoading((signal) => findPage(spaceKey, title, signal), [spaceKey, title, user]);
  if (found.state === 'failed') return <Failure error={found.error} retry={found.retry} />;
  if (found.state === 'loading') return <Waiting />;
  return <PageView id={found.value} />;
}

/** The id in a short link: its bytes, lowest first, in URL-safe base 64 without the zeros at its end. */
function idOfTiny(tiny: string): string {
  const padded = tiny.replaceAll('-', '/').replaceAll('_', '+').padEnd(11, 'A');
  try {
    const bytes = Array.from(atob(`${padded}=`)).map((character) => BigInt(character.charCodeAt(0)));
    return String(bytes.slice(0, 8).reduceRight((id, byte) => id * 256n + byte, 0n));
  } catch {
    return '0';
  }
}
