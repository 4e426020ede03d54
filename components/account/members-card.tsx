'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';

const mayDo: Record<string, string> = {
  owner: 'Everything, the organisation itself included',
  admin: 'Settings, broadcasts and contacts',
  marketer: 'Broadcasts and contacts',
  support: 'Answers people, sends no broadcasts',
  viewer: 'Reads only',
};

export function MembersCard() {
  const trpc = useTRPC();
  const { data: members } = useSuspenseQuery(trpc.organization.members.queryOptions());
  return (
    <Card title="Members" isFlush>
      <Table caption="Members and their roles">
        <TableHeader><TableHead>Person</TableHead><TableHead>Role</TableHead><TableHead>May do</TableHead></TableHeader>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.userId}>
              <TableCell>
                <span className="min-w-0">
                  <span className="block font-medium">{member.name}</span>
                  <span className="block truncate text-muted-foreground">{member.email}</span>
                </span>
              </TableCell>
              <TableCell label="Role"><Badge className="capitalize">{member.role}</Badge></TableCell>
              <TableCell label="May do" className="text-muted-foreground">{mayDo[member.role]}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
