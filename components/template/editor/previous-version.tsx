'use client';

import { useQuery } from '@tanstack/react-query';
import { TextDiff } from '#components/broadcast/history/lazy-diff.tsx';
import { TemplateStatusBadge } from '#components/template/template-status.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { VersionView } from '#server/domain/template/schema.ts';
import { textsOf } from './conflict.tsx';
import { selectPlace } from './select-place.ts';
import type { Rules } from './use-rules.ts';
import { draftOf, type EditedTemplate } from './use-template-draft.ts';

const usePrevious = (id: string | null): VersionView | undefined => useQuery(useTRPC().template.readVersion.queryOptions({ id: id ?? '' }, { enabled: id !== null, staleTime: 30_000 })).data;

/** P60, P61: why the version before was refused, in plain words, with the change that would help. */
export function Refusal({ replaces, draft, rules }: { replaces: string | null; draft: EditedTemplate; rules: Rules | null }) {
  const previous = usePrevious(replaces);
  if (previous?.status !== 'rejected' || !previous.rejection) return null;
  const { title, help, place, fix } = previous.rejection;
  // For the draft as it is now: a change that was made already is not offered again.
  const proposed = fix && rules ? rules.fixOf(fix.code, draft.now) : null;
  return (
    <Alert
      family="danger" title={`Version ${previous.number} was rejected. ${title}.`}
      action={<>{proposed ? <Button size="sm" variant="primary" onClick={() => draft.change(proposed.apply(draft.now))}>{proposed.label}</Button> : null}{place ? <Button size="sm" onClick={() => selectPlace(place)}>Show the place</Button> : null}</>}
    >
      <p>{help}</p>
      <p className="mt-1 text-table">Meta wrote: “{previous.rejectionReason}”</p>
    </Alert>
  );
}

/** P79: what is new against the version that this one replaces, which stays in use meanwhile. */
export function ChangesSince({ replaces, draft }: { replaces: string | null; draft: EditedTemplate }) {
  const previous = usePrevious(replaces);
  if (!previous) return null;
  const before = textsOf(draftOf(previous));
  const changed = textsOf(draft.now).map(([label, text], index) => ({ label, before: before[index]![1], after: text })).filter((row) => row.before !== row.after);
  return (
    <Card title={`Against version ${previous.number}`} description={<span className="inline-flex flex-wrap items-center gap-2"><TemplateStatusBadge status={previous.status} /> {previous.status === 'approved' ? 'It stays in use until this one is approved.' : null}</span>}>
      {changed.length === 0 ? <p className="text-body text-muted-foreground">Nothing has changed yet.</p> : (
        <dl className="grid grid-cols-1 gap-3">
          {changed.map((row) => <div key={row.label}><dt className="text-caption text-muted-foreground">{row.label}</dt><dd><TextDiff before={row.before} after={row.after} /></dd></div>)}
        </dl>
      )}
    </Card>
  );
}
