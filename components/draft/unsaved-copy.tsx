'use client';

import { useEffect, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import { dropLocalCopy, readLocalCopy, type LocalCopy } from './local-copy.ts';

type UnsavedCopyProps<Fields> = {
  id: string;
  /** What the page shows. */
  shown: Fields;
  isSaved: boolean;
  onBringBack: (fields: Partial<Fields>) => void;
  textOf: (fields: Partial<Fields>) => string | undefined;
};

/** Offers what a crash kept from being saved. Nothing is overwritten until a person decides. */
export function UnsavedCopy<Fields extends object>({ id, shown, isSaved, onBringBack, textOf }: UnsavedCopyProps<Fields>) {
  const [copy, setCopy] = useState<LocalCopy<Fields> | null>(null);
  useEffect(() => {
    const found = readLocalCopy<Fields>(id);
    // After the first paint: the server's text is what the page shows until then.
    const timer = setTimeout(() => setCopy(found), 0);
    return () => clearTimeout(timer);
  }, [id]);
  if (!copy || !isNews(copy.fields, shown)) return null;

  const decide = (isWanted: boolean) => {
    setCopy(null);
    if (isWanted) onBringBack(copy.fields);
    else if (isSaved) dropLocalCopy(id);
  };
  const text = textOf(copy.fields);
  return (
    <Alert
      family="warning"
      isLive
      title="There is text that was not saved"
      action={<><Button size="sm" variant="primary" onClick={() => decide(true)}>Bring it back</Button><Button size="sm" onClick={() => decide(false)}>Discard it</Button></>}
    >
      <p>This browser kept it, <Time value={copy.at} />.</p>
      {text === undefined ? null : <p className="mt-1 line-clamp-3 border-l-2 border-current/30 pl-2 break-words whitespace-pre-wrap">{text}</p>}
    </Alert>
  );
}

const isNews = <Fields extends object>(copy: Partial<Fields>, shown: Fields) => JSON.stringify({ ...shown, ...copy }) !== JSON.stringify(shown);
