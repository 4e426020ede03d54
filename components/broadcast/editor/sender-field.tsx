'use client';

import { useQuery } from '@tanstack/react-query';
import { Ban, Check, Clock, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { channelUnits } from '#components/format/channel.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import type { Family } from '#components/ui/family.ts';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { Status } from '#components/ui/status.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';

type Look = { word: string; family: Family; icon: LucideIcon; blocked?: string };

const registrationLook: Record<SenderView['registration'], Look> = {
  not_required: { word: 'No registration needed', family: 'success', icon: Check },
  approved: { word: 'Registered', family: 'success', icon: Check },
  pending: { word: 'Registration pending', family: 'warning', icon: Clock, blocked: 'Carriers have not approved this number yet. 10DLC takes about 1-3 weeks, toll-free is faster. You can write now and send when it is approved.' },
  unregistered: { word: 'Not registered', family: 'danger', icon: Ban, blocked: 'US carriers block texts from a number that is not registered. Register it, or choose another number.' },
  rejected: { word: 'Registration rejected', family: 'danger', icon: OctagonAlert, blocked: 'The registration of this number was rejected. Fix it, or choose another number.' },
  suspended: { word: 'Registration suspended', family: 'danger', icon: OctagonAlert, blocked: 'The registration of this number is suspended. Ask Twilio why, or choose another number.' },
};

const kindWord: Record<SenderView['kind'], string> = {
  local: 'local', toll_free: 'toll-free', short_code: 'short code', mobile: 'mobile', alphanumeric: 'name', whatsapp: 'WhatsApp',
};

/** Senders that Meta rates, and whose first messages it limits; the others are registered with carriers. */
const rated: Partial<Record<SenderView['kind'], true>> = { whatsapp: true };
const isRated = ({ kind, registration }: SenderView) => rated[kind] === true && !registrationLook[registration].blocked;
const limitOf = ({ messagingLimit }: SenderView) => (messagingLimit === null ? 'no daily limit' : `${messagingLimit.toLocaleString('en')} people a day`);
const ratingOf = (sender: SenderView) => `${sender.qualityRating ? `quality ${sender.qualityRating.toLowerCase()}, ` : ''}${limitOf(sender)}`;

const qualities: Record<string, { family: Family; icon: LucideIcon; word: string }> = {
  high: { family: 'success', icon: Check, word: 'High quality' }, green: { family: 'success', icon: Check, word: 'High quality' },
  medium: { family: 'warning', icon: TriangleAlert, word: 'Medium quality' }, yellow: { family: 'warning', icon: TriangleAlert, word: 'Medium quality' },
  low: { family: 'danger', icon: OctagonAlert, word: 'Low quality' }, red: { family: 'danger', icon: OctagonAlert, word: 'Low quality' },
};

type SenderFieldProps = { channel: BroadcastView['channel']; value: string | null; onChange: (senderPhone: string | null) => void };

/** From which number; none chosen means the organisation's system number. Says what blocks the number. */
export function SenderField({ channel, value, onChange }: SenderFieldProps) {
  const trpc = useTRPC();
  const { data, isPending, isError } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const senders = (data ?? []).filter((sender) => sender.channel === channel);
  const system = senders.find((sender) => sender.isSystem);
  const chosen = value ? senders.find((sender) => sender.address === value) : system;
  const isForeign = value !== null && data !== undefined && !chosen;

  return (
    <div className="grid gap-2">
      <Field label="From" id="sender">
        <Select value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{system ? `System number: ${formatPhone(system.address)}` : isPending ? 'System number' : 'System number (none set)'}</option>
          {senders.map((sender) => (
            <option key={sender.id} value={sender.address}>
              {formatPhone(sender.address)} · {kindWord[sender.kind]} · {isRated(sender) ? ratingOf(sender) : registrationLook[sender.registration].word}
            </option>
          ))}
          {isForeign ? <option value={value}>{formatPhone(value)} · not in your Twilio account</option> : null}
        </Select>
      </Field>
      {chosen ? <SenderFacts sender={chosen} /> : null}
      {isError ? <p className="text-table text-destructive">Your numbers could not be read. Reload the page to try again.</p> : null}
      {data && !chosen ? <NoSender isForeign={isForeign} hasSenders={senders.length > 0} /> : null}
    </div>
  );
}

function SenderFacts({ sender }: { sender: SenderView }) {
  const look = registrationLook[sender.registration];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-table text-muted-foreground">
        {isRated(sender) ? <Quality sender={sender} /> : <Status family={look.family} icon={look.icon}>{look.word}</Status>}
        <span>{Number(sender.segmentsPerSecond)} {channelUnits[sender.channel]}s per second · {sender.paceSource}</span>
        {isRated(sender) ? <span>{sender.messagingLimit === null ? 'It may write first to as many people as it likes.' : `It may write first to ${sender.messagingLimit.toLocaleString('en')} people in any 24 hours; more wait, nobody is dropped.`}</span> : null}
      </div>
      {look.blocked ? (
        <Alert family={look.family} title={`${formatPhone(sender.address)} cannot send yet`} action={<Link href="/settings/twilio" className="font-medium underline underline-offset-3">Open Twilio settings</Link>}>
          {sender.registrationDetail ?? look.blocked}
        </Alert>
      ) : null}
      {sender.haltReason ? <Alert family="warning" title="This number is halted">{sender.haltReason}</Alert> : null}
    </>
  );
}

/** How Meta rates it: what people block and report lowers it, and with it the daily limit. */
function Quality({ sender: { qualityRating } }: { sender: SenderView }) {
  const look = qualityRating ? qualities[qualityRating.toLowerCase()] : undefined;
  return look ? <Status family={look.family} icon={look.icon}>{look.word}</Status> : <Status family="neutral">{qualityRating ? `Quality ${qualityRating.toLowerCase()}` : 'Not rated yet'}</Status>;
}

function NoSender({ isForeign, hasSenders }: { isForeign: boolean; hasSenders: boolean }) {
  const title = isForeign ? 'This number is not in your Twilio account' : 'There is no system number';
  const way = hasSenders ? 'Choose one of the numbers above, or set a system number.' : 'Connect Twilio and add a number first. The draft stays.';
  return (
    <Alert family="warning" title={title} action={<Link href="/settings/twilio" className="font-medium underline underline-offset-3">{hasSenders ? 'Open Twilio settings' : 'Connect Twilio'}</Link>}>
      {way}
    </Alert>
  );
}
