'use client';

import { Eye } from 'lucide-react';
import Link from 'next/link';
import { deliveriesHref } from '#components/broadcast/delivery-states.ts';
import { usePinned } from '#components/broadcast/use-pinned.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { formatCount } from '#components/format/number.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { BroadcastView, CountsByStatus } from '#server/domain/broadcast/schema.ts';
import { RaiseBudget } from './raise-budget.tsx';
import { useSendControl } from './use-send-control.ts';

/** How many a careful person tries next. */
const A_FEW = 50;

type PauseNoticeProps = { broadcast: Pick<BroadcastView, 'id' | 'budget' | 'currency' | 'templateSid' | 'waitsFor'>; reason: string | null; counts: CountsByStatus };

/** Why it stands still, what to look at, and the careful way on. */
export function PauseNotice({ broadcast, reason, counts }: PauseNoticeProps) {
  const control = useSendControl(broadcast.id);
  const maySend = useMaySend();
  const failed = counts.failed + counts.undelivered;
  const isBudget = isOwnBudget(reason);
  const { waitsFor } = broadcast;
  return (
    <Alert
      family="warning"
      isLive
      title={waitsFor === 'template' ? 'Waiting for its template' : 'Paused'}
      action={waitsFor ? <TemplateLink contentSid={broadcast.templateSid} /> : maySend && !isBudget && counts.queued > A_FEW ? <Button size="sm" icon={<Eye aria-hidden />} loading={control.isBusy} onClick={() => control.sendMore(A_FEW)}>Send {A_FEW} more and watch</Button> : null}
    >
      <p className="text-pretty">{reason ?? 'Somebody paused it.'}</p>
      {failed > 0 ? <p className="mt-1"><Link href={failedHref(broadcast.id)} className="underline underline-offset-3">{formatCount(failed, 'message')} failed</Link></p> : null}
      {isBudget && maySend ? <RaiseBudget broadcast={broadcast} isBusy={control.isBusy} onRaise={control.raiseAndResume} /> : null}
    </Alert>
  );
}

/** What it waits for, on its own page. */
function TemplateLink({ contentSid }: { contentSid: string | null }) {
  const pinned = usePinned(contentSid);
  return pinned ? <Link href={`/templates/${pinned.templateId}`} className="font-medium underline underline-offset-3 pointer-coarse:py-3">Open the template</Link> : null;
}

/** As server/domain/broadcast/budget.ts words it. */
export const isOwnBudget = (reason: string | null): boolean => reason?.startsWith('The budget of this broadcast') ?? false;

const failedHref = (id: string) => deliveriesHref(id, { search: 'status:failed,undelivered' });
