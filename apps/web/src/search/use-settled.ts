import { useEffect, useState } from 'react';

/** A value once it has stayed the same for a moment. */
export function useSettled(value: string, pauseMillis: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMillis);
    return () => clearTimeout(timer);
  }, [value, pauseMillis]);
  return settled;
}
