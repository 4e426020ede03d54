'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { deviceName } from './device-name.ts';

export function SessionsCard() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: sessions } = useSuspenseQuery(trpc.user.sessions.queryOptions());
  const end = useMutation(trpc.user.signOutElsewhere.mutationOptions({
    onSuccess: ({ revoked }) => {
      notify.success(revoked === 1 ? 'Signed out in 1 other place' : `Signed out in ${revoked} other places`);
      return queryClient.invalidateQueries({ queryKey: trpc.user.sessions.queryKey() });
    },
    onError: (error) => notify.error(error.message),
  }));
  const hasOthers = sessions.some((session) => !session.isCurrent);
  return (
    <Card
      title="Where you are signed in"
      description="Signing out elsewhere takes effect at once, for API tokens too."
      isFlush
      actions={hasOthers ? <Button size="sm" loading={end.isPending} onClick={() => end.mutate()}>Sign out everywhere else</Button> : null}
    >
      <Table caption="Your sessions">
        <TableHeader><TableHead>Device</TableHead><TableHead>Address</TableHead><TableHead>Signed in</TableHead><TableHead>Last seen</TableHead></TableHeader>
        <TableBody>
          {sessions.map((session) => (
            <TableRow key={session.id}>
              <TableCell>
                <span className="flex flex-wrap items-center gap-2">
                  {session.kind === 'token' ? 'API token' : deviceName(session.userAgent)}
                  {session.isCurrent ? <Badge>This one</Badge> : null}
                </span>
              </TableCell>
              <TableCell label="Address"><span className="font-mono">{session.address ?? 'unknown'}</span></TableCell>
              <TableCell label="Signed in"><Time value={session.createdAt} /></TableCell>
              <TableCell label="Last seen"><Time value={session.lastSeenAt} /></TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
