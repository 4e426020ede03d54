import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our scales have names of their own; without this, tailwind-merge takes `text-table` for a colour.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['caption', 'table', 'body', 'reading', 'h3', 'h2', 'h1', 'figure'],
      radius: ['control', 'card', 'bubble'],
      shadow: ['overlay'],
    },
  },
});

/** Joins class names; of two that set the same property the later one wins. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values));
}
