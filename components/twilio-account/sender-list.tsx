'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { HelpAnswer } from './help-answer.tsx';

const registrations: Record<SenderView['registration'], { family: Family; word: string }> = {
  approved: { family: 'success', word: 'Can send' },
  not_required: { family: 'success', word: 'Can send' },
  pending: { family: 'info', word: 'Waiting for approval' },
  unregistered: { family: 'warning', word: 'Cannot send' },
  rejected: { family: 'danger', word: 'Rejected' },
  suspended: { family: 'danger', word: 'Suspended' },
};
const kinds: Record<SenderView['kind'], string> = {
  local: 'Local number', toll_free: 'Toll-free number', short_code: 'Short code', mobile: 'Number outside the US and Canada', alphanumeric: 'Alphanumeric sender', whatsapp: 'WhatsApp sender',
};

/** Every number of the account: may it send, how fast, and why (P5, P9, P31), and what it answers to HELP (P43). */
export function SenderList({ brand, mayWrite }: { brand: string; mayWrite: boolean }) {
  const trpc = useTRPC();
  const { data: senders } = useSuspenseQuery(trpc.twilioAccount.senders.queryOptions());
  return (
    <Card title="Senders" isFlush description="Read from Twilio. Registration and speed are decided by the carriers; nothing here can change them. What each answers to HELP is yours to write.">
      {senders.length > 0 ? (
        <ul aria-label="Senders" className="divide-y">{senders.map((sender) => <Sender key={sender.id} sender={sender} brand={brand} mayWrite={mayWrite} />)}</ul>
      ) : (
        <EmptyState headingLevel={3} title="No senders yet">Without one nothing can be sent. Connect an account that owns a number, or buy one in Twilio and check again.</EmptyState>
      )}
    </Card>
  );
}

/** Kinds of which a message counts once, whatever its length, and whom Meta limits. */
const limited: Partial<Record<SenderView['kind'], true>> = { whatsapp: true };
const unitOf = ({ kind }: SenderView, count: number) => (limited[kind] ? 'message' : 'segment') + (count === 1 ? '' : 's');

/** P68: whom a WhatsApp sender may write to first, and how Meta rates it. */
function tierOf({ messagingLimit, qualityRating }: SenderView): string {
  const tier = messagingLimit === null ? 'No limit of people it may write to first.' : `May write first to ${messagingLimit.toLocaleString('en')} people in any 24 hours; more wait.`;
  return qualityRating ? `${tier} Quality: ${qualityRating.toLowerCase()}.` : tier;
}

function Sender({ sender, brand, mayWrite }: { sender: SenderView; brand: string; mayWrite: boolean }) {
  const { family, word } = registrations[sender.registration];
  const rate = Number(sender.segmentsPerSecond);
  return (
    <li className="grid gap-1 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-body font-semibold tabular-nums">{formatPhone(sender.address)}</h3>
        <Status family={family}>{word}</Status>
        {sender.isSystem ? <Badge>Default</Badge> : null}
        <span className="text-table text-muted-foreground">{kinds[sender.kind]}</span>
      </div>
      {sender.registrationDetail ? <p className="max-w-prose text-body">{sender.registrationDetail}</p> : null}
      <p className="text-table text-muted-foreground">Up to {rate} {unitOf(sender, rate)} a second. {sender.paceSource}.</p>
      {limited[sender.kind] ? <p className="text-table text-muted-foreground">{tierOf(sender)}</p> : null}
      {sender.haltedUntil ? <p className="text-body text-warning-text">Stands still until <Time value={sender.haltedUntil} />: {sender.haltReason}</p> : null}
      <HelpAnswer sender={sender} brand={brand} mayWrite={mayWrite} />
    </li>
  );
}
