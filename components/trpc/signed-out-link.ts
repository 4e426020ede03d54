import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '#server/api/root.ts';

/** Any answer "you are not signed in", to a query, a mutation or a stream, leads to the sign-in page and back again. */
export const leaveWhenSignedOut: TRPCLink<AppRouter> = () => ({ op, next }) =>
  observable((observer) =>
    next(op).subscribe({
      next: (value) => observer.next(value),
      error: (error) => {
        if (isSignedOut(error)) leave();
        observer.error(error);
      },
      complete: () => observer.complete(),
    }));

/** A refused sign-in is 401 too, but carries a problem of its own. */
const isSignedOut = (error: unknown) => error instanceof TRPCClientError && error.data?.code === 'UNAUTHORIZED' && !error.data.problem;

function leave() {
  if (typeof window === 'undefined') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(here)}`);
}
