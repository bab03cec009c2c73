import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { siteQuery } from '../rest/site';

/** Names the browser's tab. */
export function useTitle(title: string | undefined): void {
  const { data: site } = useQuery(siteQuery);
  const name = site?.name ?? 'Tributary';
  useEffect(() => {
    if (title) document.title = `${title} · ${name}`;
  }, [title, name]);
}
