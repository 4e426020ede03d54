import dynamic from 'next/dynamic';

// The comparison of texts comes when somebody compares.
export const TextDiff = dynamic(() => import('./text-diff.tsx').then((module) => module.TextDiff));
export const OwnWords = dynamic(() => import('./text-diff.tsx').then((module) => module.OwnWords));
