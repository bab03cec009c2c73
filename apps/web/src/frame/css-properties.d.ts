import 'react';

declare module 'react' {
  /** Our own properties in `style`. */
  interface CSSProperties {
    readonly '--level'?: number;
  }
}
