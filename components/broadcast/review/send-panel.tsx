'use client';

import { CalendarClock, Send } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { AgreementDialog } from '#components/agreement/agreement-dialog.tsx';
import { ScheduleDialog } from '#components/broadcast/schedule/schedule-dialog.tsx';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatMoneyRange } from '#components/format/money.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { BroadcastView, PreviewView } from '#server/domain/broadcast/schema.ts';
import { ConfirmSend } from './confirm-send.tsx';
import { fixFor } from './fix.ts';
import { useSend } from './use-send.ts';

type SendPanelProps = { broadcast: BroadcastView; preview: PreviewView; isCounting: boolean; recount: () => Promise<PreviewView | undefined> };

/** The button that sends, with all that can stand between it and the send. */
export function SendPanel({ broadcast, preview, isCounting, recount }: SendPanelProps) {
  const router = useRouter();
  const [isScheduling, setScheduling] = useState(false);
  const sending = useSend(broadcast.id);
  const maySend = useMaySend();
  const { isAsking, setAsking, isLooking, changedFrom, ask } = useLastLook(preview, recount);
  const blocks = preview.checks.filter((check) => check.status === 'block');
  const people = formatCount(preview.recipients, 'person', 'people');

  return (
    <div className="grid gap-3">
      {sending.refusal ? <Refusal id={broadcast.id} {...sending.refusal} /> : null}
      {changedFrom === null ? null : (
        <Alert family="warning" isLive title="The audience changed">
          Since you opened this page: {formatNumber(changedFrom)} → {formatNumber(preview.recipients)}. Look again before sending.
        </Alert>
      )}
      <Button
        variant="primary"
        size="lg"
        className="w-full max-sm:h-14"
        icon={<Send aria-hidden />}
        disabled={!maySend || blocks.length > 0}
        aria-describedby={!maySend || blocks.length > 0 ? 'send-blocked' : undefined}
        loading={isLooking || sending.isSending}
        onClick={() => void ask()}
      >
        {preview.recipients > 0 ? `Send to ${people}` : 'Send'}
      </Button>
      <Button className="w-full" icon={<CalendarClock aria-hidden />} disabled={!maySend || blocks.length > 0} aria-describedby={!maySend || blocks.length > 0 ? 'send-blocked' : undefined} onClick={() => setScheduling(true)}>Schedule…</Button>
      <UnderTheButton maySend={maySend} blocks={blocks.map((check) => check.name)} isCounting={isCounting} />
      <ConfirmSend
        open={isAsking}
        onOpenChange={setAsking}
        recipients={preview.recipients}
        cost={formatMoneyRange(preview.estimate.low, preview.estimate.high, preview.estimate.currency)}
        amount={Number(preview.estimate.high)}
        stageSize={broadcast.stageSize}
        onConfirm={sending.send}
      />
      <ScheduleDialog broadcast={broadcast} open={isScheduling} onOpenChange={setScheduling} onBooked={() => router.push(`/broadcasts/${broadcast.id}`)} />
      <AgreementDialog open={sending.isAgreementOpen} onOpenChange={sending.setAgreementOpen} onAccepted={sending.goOn} />
    </div>
  );
}

/** The audience is counted once more before the last question: what was read above must be what is sent. */
function useLastLook(preview: PreviewView, recount: SendPanelProps['recount']) {
  const [isAsking, setAsking] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const [changedFrom, setChangedFrom] = useState<number | null>(null);
  const ask = async () => {
    setLooking(true);
    setChangedFrom(null);
    const fresh = await recount();
    setLooking(false);
    if (fresh && fresh.recipients !== preview.recipients) return setChangedFrom(preview.recipients);
    if (fresh && !fresh.checks.some((check) => check.status === 'block')) setAsking(true);
  };
  return { isAsking, setAsking, isLooking, changedFrom, ask };
}

function UnderTheButton({ maySend, blocks, isCounting }: { maySend: boolean; blocks: string[]; isCounting: boolean }) {
  if (!maySend) return <p id="send-blocked" className="text-table text-muted-foreground">Your role may not send. Owners, admins and marketers can.</p>;
  if (blocks.length === 0) return <p className="text-table text-muted-foreground">{isCounting ? 'Counting…' : 'Nothing is handed to Twilio for 60 seconds; until then you can take it back whole.'}</p>;
  return (
    <p id="send-blocked" className="text-table text-danger-text">
      {blocks.length === 1 ? 'One check stands in the way' : `${blocks.length} checks stand in the way`}: {blocks.join(', ')}.
    </p>
  );
}

/** Why the server did not send, with the way out. */
function Refusal({ id, code, message }: { id: string; code: Parameters<typeof fixFor>[0]; message: string }) {
  const fix = fixFor(code, id);
  return (
    <Alert family="danger" isLive title="Not sent" action={fix ? <Button asChild size="sm"><Link href={fix.href}>{fix.label}</Link></Button> : null}>
      {message}
    </Alert>
  );
}
