import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Leads to the sign-in, and from there back to the address that this was shown at. */
export function ToSignIn() {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  // On the way the address is that of the sign-in already.
  const [next] = useState(`${pathname}${searchStr}`);
  useEffect(() => {
    void navigate({ to: '/login', search: { next }, replace: true });
  }, [navigate, next]);
  return null;
}
