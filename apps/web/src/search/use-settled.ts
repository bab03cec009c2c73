import { useEffect, useState } from 'react';

/** A value once it has stayed the same for a moment: shorter than people notice, longer than they take from key to key. */
export function useSettled(value: string, pauseMillis = 120): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMillis);
    return () => clearTimeout(timer);
  }, [value, pauseMillis]);
  return settled;
}
