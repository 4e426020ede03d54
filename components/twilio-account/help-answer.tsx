import { useState } from 'react';
import { formatPhone } from '#components/format/phone.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Status } from '#components/ui/status.tsx';
import { helpTextGaps, helpTextInUse } from '#server/channels/help-text.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { HelpForm } from './help-form.tsx';
import { HelpGaps, TwilioPlace } from './help-notes.tsx';

/** Kinds that nobody can write to. */
const silent: Partial<Record<SenderView['kind'], true>> = { alphanumeric: true };

type Props = { sender: SenderView; brand: string; mayWrite: boolean };

/** P42, P43, D13: what one number answers to HELP, who says it, and what is missing in it. */
export function HelpAnswer({ sender, brand, mayWrite }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (silent[sender.kind]) return null;
  const text = helpTextInUse(sender, brand);
  const isOurs = sender.helpBy === 'us';
  return (
    <section aria-label={`Answer to HELP of ${formatPhone(sender.address)}`} className="mt-2 grid max-w-prose gap-1.5 rounded-card bg-surface p-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h4 className="text-body font-medium">Answer to HELP and INFO</h4>
        {mayWrite ? (
          <Dialog title={`Answer to HELP of ${formatPhone(sender.address)}`} open={isOpen} onOpenChange={setOpen} size="lg" trigger={<Button size="sm">Edit the answer</Button>}>
            {isOpen ? <HelpForm sender={sender} brand={brand} onDone={() => setOpen(false)} /> : null}
          </Dialog>
        ) : null}
      </div>
      <Status look="plain" family={isOurs ? 'success' : 'neutral'}>{isOurs ? 'Answered by Hailer' : 'Answered by Twilio'}</Status>
      <p dir="auto" className="text-body [overflow-wrap:anywhere] whitespace-pre-wrap">“{text}”</p>
      {isOurs ? null : <p className="text-table text-muted-foreground">{sender.helpText ? <>Twilio says it once it is pasted there: <TwilioPlace />.</> : 'Twilio’s own words, unless another text is set there.'}</p>}
      <HelpGaps gaps={helpTextGaps(text, brand)} brand={brand} />
    </section>
  );
}
