import Link from 'next/link';
import { formatPhone } from '#components/format/phone.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { TagBadge } from './tag-badge.tsx';
import { fullName, nameOf } from './words.ts';

/** Ids of the people who are ticked; null for those who may only look. */
export type Selection = { has: (id: string) => boolean; toggle: (contacts: readonly ContactView[], isChosen: boolean) => void } | null;

export function ContactTable({ contacts, selection }: { contacts: readonly ContactView[]; selection: Selection }) {
  const chosen = selection ? contacts.filter(({ id }) => selection.has(id)).length : 0;
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Contacts, newest first">
        <TableHeader>
          {selection ? (
            <TableHead className="w-px pr-0">
              <Checkbox hideLabel label="Select everybody on this page" checked={chosen === contacts.length} indeterminate={chosen > 0 && chosen < contacts.length} onChange={(event) => selection.toggle(contacts, event.target.checked)} />
            </TableHead>
          ) : null}
          <TableHead>Name</TableHead>
          <TableHead>Phone</TableHead>
          <TableHead>Lists</TableHead>
          <TableHead>Tags</TableHead>
          <TableHead>Status</TableHead>
          <TableHead>Added</TableHead>
        </TableHeader>
        <TableBody>{contacts.map((contact) => <ContactRow key={contact.id} contact={contact} selection={selection} />)}</TableBody>
      </Table>
    </div>
  );
}

function ContactRow({ contact, selection }: { contact: ContactView; selection: Selection }) {
  return (
    <TableRow isSelected={selection?.has(contact.id)}>
      {selection ? (
        <TableCell className="pr-0 sm:w-px max-sm:absolute max-sm:top-2 max-sm:right-2">
          <Checkbox hideLabel label={`Select ${nameOf(contact)}`} checked={selection.has(contact.id)} onChange={(event) => selection.toggle([contact], event.target.checked)} />
        </TableCell>
      ) : null}
      <TableCell className="max-w-64 max-sm:pr-10">
        <Link href={`/contacts/${contact.id}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{nameOf(contact)}</Link>
        {contact.email && fullName(contact) ? <span className="block truncate text-caption text-muted-foreground max-sm:hidden">{contact.email}</span> : null}
      </TableCell>
      <TableCell label="Phone" className="whitespace-nowrap">{contact.phone ? <span className="font-mono">{formatPhone(contact.phone)}</span> : <span className="text-muted-foreground">None</span>}</TableCell>
      <TableCell label="Lists" isHiddenOnCard={contact.lists.length === 0}><ListBadges lists={contact.lists} /></TableCell>
      <TableCell label="Tags" className="max-w-56" isHiddenOnCard={contact.tags.length === 0}><TagBadges tags={contact.tags} /></TableCell>
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

function TagBadges({ tags }: { tags: readonly string[] }) {
  const more = tags.slice(SHOWN);
  return (
    <span className="flex flex-wrap gap-1 max-sm:justify-end">
      {tags.slice(0, SHOWN).map((tag) => <TagBadge key={tag} tag={tag} />)}
      {more.length > 0 ? <span title={more.join(', ')}><Badge>+{more.length}</Badge></span> : null}
    </span>
  );
}
