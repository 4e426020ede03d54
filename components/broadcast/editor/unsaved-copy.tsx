'use client';

import { useEffect, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import { dropLocalCopy, readLocalCopy, type LocalCopy } from '#components/draft/local-copy.ts';
import type { DraftFields, EditedDraft } from './use-draft.ts';

/** Offers what a crash kept from being saved. Nothing is overwritten until a person decides. */
export function UnsavedCopy({ id, draft }: { id: string; draft: EditedDraft }) {
  const [copy, setCopy] = useState<LocalCopy<DraftFields> | null>(null);
  useEffect(() => {
    const found = readLocalCopy<DraftFields>(id);
    // After the first paint: the server's text is what the page shows until then.
    const timer = setTimeout(() => setCopy(found), 0);
    return () => clearTimeout(timer);
  }, [id]);
  if (!copy || !isNews(copy.fields, draft.fields)) return null;

  const decide = (isWanted: boolean) => {
    setCopy(null);
    if (isWanted) draft.change(copy.fields);
    else if (draft.state.kind === 'saved') dropLocalCopy(id);
  };
  return (
    <Alert
      family="warning"
      isLive
      title="There is text that was not saved"
      action={<><Button size="sm" variant="primary" onClick={() => decide(true)}>Bring it back</Button><Button size="sm" onClick={() => decide(false)}>Discard it</Button></>}
    >
      <p>This browser kept it, <Time value={copy.at} />.</p>
      {copy.fields.content === undefined ? null : <p className="mt-1 line-clamp-3 border-l-2 border-current/30 pl-2 break-words whitespace-pre-wrap">{copy.fields.content}</p>}
    </Alert>
  );
}

const isNews = (copy: Partial<DraftFields>, shown: DraftFields) => JSON.stringify({ ...shown, ...copy }) !== JSON.stringify(shown);
