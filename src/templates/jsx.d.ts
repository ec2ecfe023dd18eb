/* eslint-disable @typescript-eslint/ban-ts-comment -- there is an error only where a framework is not installed */
/* eslint-disable @typescript-eslint/no-empty-object-type -- the way to add to a namespace of another package */
import type { CustomElements } from './tag.js';

export type { CustomElements } from './tag.js';

// A package that is not installed cannot be extended (TS2664), and most projects have one of these.

/** @ts-ignore */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}

/** @ts-ignore */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}

/** @ts-ignore */
declare module 'solid-js/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements extends CustomElements {}
  }
}
