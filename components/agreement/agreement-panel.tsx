'use client';

import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AgreementView } from '#server/domain/agreement/schema.ts';
import { AcceptControl } from './accept-control.tsx';
import { AgreementText } from './agreement-text.tsx';
import { useAgreement } from './use-agreement.ts';

/** The agreement as a page: what it says, whether it stands, and accepting it. */
export function AgreementPanel() {
  const agreement = useAgreement({ isWanted: true, onAccepted: () => notify.success('Accepted for the whole organisation') });
  if (agreement.failure) return <Alert family="danger" title="The agreement could not be loaded" action={<Button size="sm" onClick={agreement.retry}>Try again</Button>}>{agreement.failure}</Alert>;
  if (!agreement.agreement) return <SkeletonRows label="Loading the agreement" />;
  const { agreement: view } = agreement;
  return (
    <Card title={view.title} description="Covers SMS and WhatsApp. It is accepted once for the whole organisation." actions={<State view={view} />}>
      <div className="grid gap-4">
        <AgreementText agreement={view} />
        {view.accepted ? (
          <p className="text-body">Accepted by {view.acceptedBy} {view.acceptedAt ? <Time value={view.acceptedAt} mode="absolute" /> : null}.</p>
        ) : (
          <AcceptControl agreement={agreement} />
        )}
        {!view.accepted && agreement.mayAccept ? (
          <Button variant="primary" className="justify-self-start" loading={agreement.isAccepting} onClick={agreement.accept}>Accept</Button>
        ) : null}
      </div>
    </Card>
  );
}

const State = ({ view }: { view: AgreementView }) =>
  view.accepted ? <Status family="success">Accepted</Status> : <Status family="warning">Not accepted yet</Status>;
