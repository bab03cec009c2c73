import type { ComponentProps } from 'react';

/** A button that shows its icon, and tells its name to those who point at it or hear it. */
export function ToolButton({ label, ...properties }: { label: string } & ComponentProps<'button'>) {
  return <button type="button" className="tool" title={label} aria-label={label} {...properties} />;
}
