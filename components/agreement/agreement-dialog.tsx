'use client';

import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { AcceptControl } from './accept-control.tsx';
import { AgreementText } from './agreement-text.tsx';
import { useAgreement } from './use-agreement.ts';

type AgreementDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Called once the agreement stands; the send that met the 402 goes on where it stopped. */
  onAccepted: () => void;
};

/** Opens when a send is answered with 402. */
export function AgreementDialog({ open, onOpenChange, onAccepted }: AgreementDialogProps) {
  const agreement = useAgreement({ isWanted: open, onAccepted });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={agreement.agreement?.title ?? 'Before your first SMS'}
      description="Once for the whole organisation. Nothing has been sent yet."
      footer={
        <>
          <DialogClose asChild><Button>{agreement.mayAccept === false ? 'Close' : 'Keep as draft'}</Button></DialogClose>
          {agreement.mayAccept && agreement.agreement ? (
            <Button variant="primary" loading={agreement.isAccepting} onClick={agreement.accept}>Accept and continue to send</Button>
          ) : null}
        </>
      }
    >
      <Content agreement={agreement} />
    </Dialog>
  );
}

function Content({ agreement }: { agreement: ReturnType<typeof useAgreement> }) {
  if (agreement.failure) return <Alert family="danger" isLive title="The agreement could not be loaded" action={<Button size="sm" onClick={agreement.retry}>Try again</Button>}>{agreement.failure}</Alert>;
  if (!agreement.agreement) {
    return <SkeletonGroup label="Loading the agreement" className="grid gap-2"><Skeleton /><Skeleton /><Skeleton className="h-48" /></SkeletonGroup>;
  }
  return (
    <div className="grid gap-4">
      <AgreementText agreement={agreement.agreement} />
      <AcceptControl agreement={agreement} />
    </div>
  );
}
