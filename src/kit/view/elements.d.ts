import type { HTMLAttributes } from 'preact'

// The custom elements of src/islands, as they stand in pages.
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'draft-keeper': HTMLAttributes
      'resumable-upload': HTMLAttributes & { [data: `data-${string}`]: string }
      'live-part': HTMLAttributes & { 'data-every'?: string | undefined }
      'time-left': HTMLAttributes & { until?: string }
    }
  }
}
