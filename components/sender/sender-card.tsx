import { formatPhone } from '#components/format/phone.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { InboundState } from './inbound-state.tsx';
import { ReleaseNumber } from './release-number.tsx';
import { SystemMark } from './system-mark.tsx';
import { answerWords, kindWords, registrationWords } from './words.ts';

/** Kinds of which a message counts once, whatever its length, and which are no numbers of Twilio's. */
const isChannelSender: Partial<Record<SenderView['kind'], true>> = { whatsapp: true };

type Props = { sender: SenderView; mayWrite: boolean };

export function SenderCard({ sender, mayWrite }: Props) {
  const { family, word } = registrationWords[sender.registration];
  const rate = Number(sender.segmentsPerSecond);
  const unit = `${isChannelSender[sender.kind] ? 'message' : 'segment'}${rate === 1 ? '' : 's'}`;
  return (
    <article aria-label={`${formatPhone(sender.address)}, ${kindWords[sender.kind]}`} className="grid gap-3 rounded-card border bg-background p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-reading font-semibold tabular-nums">{formatPhone(sender.address)}</h2>
        <Status family={family}>{word}</Status>
        {sender.isSystem ? <Badge>Default</Badge> : null}
        <span className="text-table text-muted-foreground">{kindWords[sender.kind]}</span>
      </header>
      <div className="grid gap-1">
        {sender.registrationDetail ? <p className="max-w-prose text-body">{sender.registrationDetail}</p> : null}
        <p className="text-table text-muted-foreground">Up to {rate} {unit} a second. {sender.paceSource}.</p>
        {sender.readAt ? <p className="text-table text-muted-foreground">Twilio said so <Time value={sender.readAt} />.</p> : null}
        {sender.haltedUntil ? <p className="text-body text-warning-text">Stands still until <Time value={sender.haltedUntil} />: {sender.haltReason}</p> : null}
      </div>
      <CanSendTo sender={sender} />
      <InboundState sender={sender} mayWrite={mayWrite} />
      {mayWrite ? (
        <footer className="flex flex-wrap gap-2 border-t pt-3 empty:hidden">
          <SystemMark sender={sender} />
          {isChannelSender[sender.kind] ? null : <ReleaseNumber sender={sender} />}
        </footer>
      ) : null}
    </article>
  );
}

/** P5: whom it reaches, with the reason of each answer. */
function CanSendTo({ sender }: { sender: SenderView }) {
  return (
    <section aria-label="Can send to" className="rounded-card bg-surface p-3">
      <h3 className="mb-1.5 text-body font-medium">Can send to</h3>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_6rem_1fr]">
        {sender.canSendTo.map(({ to, answer, why }) => (
          <div key={to} className="grid grid-cols-[1fr_auto] gap-x-4 sm:col-span-3 sm:grid-cols-subgrid">
            <dt className="text-body">{to}</dt>
            <dd><Status look="plain" family={answerWords[answer].family}>{answerWords[answer].word}</Status></dd>
            <dd className="col-span-2 text-table text-muted-foreground sm:col-span-1">{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
