import Link from 'next/link';
import { formatPhone } from '#components/format/phone.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { fullName, nameOf } from './words.ts';

export function ContactTable({ contacts }: { contacts: readonly ContactView[] }) {
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Contacts, newest first">
        <TableHeader>
          <TableHead>Name</TableHead>
          <TableHead>Phone</TableHead>
          <TableHead>Lists</TableHead>
          <TableHead>Status</TableHead>
          <TableHead>Added</TableHead>
        </TableHeader>
        <TableBody>{contacts.map((contact) => <ContactRow key={contact.id} contact={contact} />)}</TableBody>
      </Table>
    </div>
  );
}

function ContactRow({ contact }: { contact: ContactView }) {
  return (
    <TableRow>
      <TableCell className="max-w-64">
        <Link href={`/contacts/${contact.id}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{nameOf(contact)}</Link>
        {contact.email && fullName(contact) ? <span className="block truncate text-caption text-muted-foreground max-sm:hidden">{contact.email}</span> : null}
      </TableCell>
      <TableCell label="Phone" className="whitespace-nowrap">{contact.phone ? <span className="font-mono">{formatPhone(contact.phone)}</span> : <span className="text-muted-foreground">None</span>}</TableCell>
      <TableCell label="Lists" isHiddenOnCard={contact.lists.length === 0}><ListBadges lists={contact.lists} /></TableCell>
      <TableCell label="Status" isHiddenOnCard={!contact.optedOut}>{contact.optedOut ? <Status family="optOut">Opted out</Status> : null}</TableCell>
      <TableCell label="Added" isHiddenOnCard className="whitespace-nowrap"><Time value={contact.createdAt} /></TableCell>
    </TableRow>
  );
}

const SHOWN = 2;

function ListBadges({ lists }: { lists: ContactView['lists'] }) {
  const more = lists.slice(SHOWN);
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {lists.slice(0, SHOWN).map((list) => <Badge key={list.id}>{list.name}</Badge>)}
      {more.length > 0 ? <span title={more.map((list) => list.name).join(', ')}><Badge>+{more.length}</Badge></span> : null}
    </span>
  );
}
