'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Differences, type Difference } from '#components/draft/differences.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import type { TemplateButton } from '#server/channels/whatsapp/template.ts';
import { draftOf, type EditedTemplate } from './use-template-draft.ts';

/** Somebody else saved this draft while it was open here. Nothing is written until a person chooses. */
export function TemplateConflict({ id, draft }: { id: string; draft: EditedTemplate }) {
  const [isComparing, setComparing] = useState(false);
  const isConflict = draft.state.kind === 'conflict';
  const { data: theirs } = useQuery(useTRPC().template.readVersion.queryOptions({ id }, { enabled: isConflict, staleTime: 0, refetchOnMount: 'always', refetchInterval: isConflict ? 5_000 : false }));
  if (!isConflict) return null;
  const keepMine = () => { if (theirs) { void draft.keepMine(theirs); setComparing(false); } };
  const takeTheirs = () => { if (theirs) { draft.takeTheirs(theirs); setComparing(false); } };
  return (
    <>
      <Alert family="warning" isLive title="Somebody changed this" action={<><Button size="sm" onClick={() => setComparing(true)}>See theirs</Button><Button size="sm" onClick={keepMine} loading={!theirs}>Keep mine</Button></>}>
        Your text is still here and not saved. Look at their version, or save yours over it.
      </Alert>
      <Dialog
        open={isComparing} onOpenChange={setComparing} size="lg" title="Two versions" description="Only what differs, with the words marked that the other does not have."
        footer={<><Button onClick={takeTheirs} loading={!theirs}>Take theirs</Button><Button variant="primary" onClick={keepMine} loading={!theirs}>Keep mine</Button></>}
      >
        {theirs ? <Differences rows={rowsOf(draft.now, draftOf(theirs))} /> : <SkeletonGroup><Skeleton className="h-24" /></SkeletonGroup>}
      </Dialog>
    </>
  );
}

const rowsOf = (mine: TemplateDraft, theirs: TemplateDraft): Difference[] => textsOf(mine).map(([label, text], index) => ({ label, mine: text, theirs: textsOf(theirs)[index]![1] }));

/** A template as rows of text, to be compared with another. */
export const textsOf = ({ name, category, content, variables }: TemplateDraft): [label: string, text: string][] => [
  ['Name', name], ['Category', category], ['Type', content.type], ['Header', content.header], ['Text', content.body], ['Footer', content.footer], ['Media', content.media], ['Buttons', content.buttons.map(buttonText).join('\n')],
  ['Samples', Object.entries(variables).map(([expression, { sample }]) => `${expression}: ${sample}`).join('\n')], ['Fallbacks', Object.entries(variables).map(([expression, { fallback }]) => `${expression}: ${fallback}`).join('\n')],
];

const buttonText = (button: TemplateButton) => [button.title, button.type === 'url' ? button.url : button.type === 'phone' ? button.phone : button.type === 'copy_code' ? button.code : ''].filter((text) => text !== '').join(' → ');
