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
          <Acceptance view={view} />
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

/** Who, when, from where, and which words. */
function Acceptance({ view }: { view: AgreementView }) {
  const facts = [
    { term: 'Accepted by', detail: view.acceptedBy },
    { term: 'When', detail: view.acceptedAt ? <Time value={view.acceptedAt} mode="absolute" /> : null },
    { term: 'From', detail: view.acceptedFrom ?? 'not recorded' },
    { term: 'Version', detail: view.version },
    { term: 'SHA-256 of the text', detail: <span className="font-mono text-table break-all">{view.hash}</span> },
  ];
  return (
    <dl aria-label="Acceptance" className="grid gap-x-6 gap-y-2 text-body sm:grid-cols-[max-content_minmax(0,1fr)]">
      {facts.map(({ term, detail }) => (
        <div key={term} className="contents">
          <dt className="text-muted-foreground">{term}</dt>
          <dd className="max-sm:mb-1">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}

const State = ({ view }: { view: AgreementView }) =>
  view.accepted ? <Status family="success">Accepted</Status> : <Status family="warning">Not accepted yet</Status>;
