import 'server-only';
import type { FetchQueryOptions, QueryKey } from '@tanstack/react-query';
import { fetchNow } from '#app/_trpc/server.tsx';

/**
 * Reads what a page shows first, and waits for it: data that streams in after the frame may arrive before the browser has taken over, which
 * would then find other HTML than it makes. A failure is asked again, and shown, by the component.
 */
export const readAhead = <Data, Failure, Result, Key extends QueryKey>(options: FetchQueryOptions<Data, Failure, Result, Key>): Promise<void> =>
  fetchNow(options).then(() => undefined, () => undefined);
