'use client';

import { useMayWrite } from '#components/account/use-may-write.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { VersionView } from '#server/domain/template/schema.ts';
import { useNewVersion } from './use-new-version.ts';

/** P60, P61: Meta's reason in plain words beside Meta's own, what would help, and the way to submit it again as a new version. */
export function RejectionCard({ version }: { version: VersionView }) {
  const mayWrite = useMayWrite();
  const next = useNewVersion();
  const { rejection, rejectionReason } = version;
  const fix = rejection?.fix;
  return (
    <Alert
      family="danger" title={rejection?.title ?? 'Meta refused this template'}
      action={mayWrite && version.status === 'rejected' ? (
        <>
          {fix ? <Button size="sm" variant="primary" loading={next.isPending} onClick={() => next.open(version, fix.code)}>{fix.label}</Button> : null}
          <Button size="sm" loading={next.isPending} onClick={() => next.open(version)}>Fix and resubmit</Button>
        </>
      ) : null}
    >
      {rejection ? <p>{rejection.help}</p> : null}
      {rejectionReason ? <p className="mt-1 text-table text-muted-foreground">Meta’s words: <q className="break-words">{rejectionReason}</q></p> : null}
    </Alert>
  );
}
