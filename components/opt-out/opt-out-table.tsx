import Link from 'next/link';
import { formatPhone } from '#components/format/phone.ts';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { OptOutView } from '#server/domain/consent/schema.ts';
import { evidenceWords, scopeWords, sourceWords } from './words.ts';

const quiet = 'text-muted-foreground';
export const linkLook = 'underline underline-offset-3 text-link pointer-coarse:inline-block pointer-coarse:py-2';

export function OptOutTable({ events }: { events: readonly OptOutView[] }) {
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Who left and who came back, newest first">
        <TableHeader>
          <TableHead>Who</TableHead>
          <TableHead>What</TableHead>
          <TableHead>From</TableHead>
          <TableHead>How</TableHead>
          <TableHead>Evidence</TableHead>
          <TableHead>Twilio</TableHead>
          <TableHead>When</TableHead>
        </TableHeader>
        <TableBody>{events.map((event) => <Row key={event.id} event={event} />)}</TableBody>
      </Table>
    </div>
  );
}

function Row({ event }: { event: OptOutView }) {
  const { contact, phone, kind, source, by } = event;
  const hasName = contact !== null && contact.name !== phone;
  return (
    <TableRow>
      <TableCell className="max-w-56">
        {contact ? <Link href={`/contacts/${contact.id}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{hasName ? contact.name : formatPhone(phone)}</Link> : <span className="font-mono whitespace-nowrap">{formatPhone(phone)}</span>}
        <span className={`block text-caption ${quiet}`}>{contact ? (hasName ? formatPhone(phone) : null) : 'No contact'}</span>
      </TableCell>
      <TableCell label="What">{kind === 'opt_out' ? <Status family="optOut">Opted out</Status> : <Status family="success">Came back</Status>}</TableCell>
      <TableCell label="From" className="whitespace-nowrap">{scopeWords(event)}</TableCell>
      <TableCell label="How"><span className="block">{sourceWords[source]}</span>{by ? <span className={`block text-caption ${quiet}`}>{by}</span> : null}</TableCell>
      <TableCell label="Evidence" className="max-w-72 [overflow-wrap:anywhere]" isHiddenOnCard={evidenceWords(event) === '' && !event.conversationId}><Evidence event={event} /></TableCell>
      <TableCell label="Twilio" className="max-w-56"><Told event={event} /></TableCell>
      <TableCell label="When" className="whitespace-nowrap"><Time value={event.at} /></TableCell>
    </TableRow>
  );
}

function Evidence({ event }: { event: OptOutView }) {
  const words = evidenceWords(event);
  if (!event.conversationId) return words ? <span>{words}</span> : <span className={quiet}>None</span>;
  return <Link href={`/inbox?view=all&c=${event.conversationId}`} className={linkLook}>{words || 'Open the conversation'}</Link>;
}

const toldWords = { not_needed: 'Knows it', due: 'To be told', done: 'Told', failed: 'Did not take it' } as const;

function Told({ event: { push, pushError } }: { event: OptOutView }) {
  if (push !== 'failed' && !(push === 'due' && pushError)) return <span className={quiet}>{toldWords[push]}</span>;
  return <span><Status look="plain" family={push === 'failed' ? 'danger' : 'warning'}>{toldWords[push]}</Status><span className={`block text-caption ${quiet}`}>{pushError}</span></span>;
}
