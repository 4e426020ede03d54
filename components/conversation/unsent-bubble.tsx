'use client';

import { Button } from '#components/ui/button.tsx';
import { Status } from '#components/ui/status.tsx';
import type { Unsent } from './reply-draft.ts';
import type { Send } from './use-send.ts';

/** A message that the server does not have yet. */
export function UnsentBubble({ unsent, send }: { unsent: Unsent; send: Pick<Send, 'again' | 'takeBack' | 'discard'> }) {
  const isFailed = unsent.state === 'failed';
  return (
    <div className="flex flex-col items-end pl-8 sm:pl-16">
      <div className="max-w-full rounded-bubble rounded-br-[4px] border border-dashed border-input-border bg-background px-3.5 py-2">
        {unsent.reply.mediaUrls?.[0] ? <p className="mb-1 truncate text-table text-muted-foreground">{unsent.reply.mediaUrls[0]}</p> : null}
        <p dir="auto" className="text-body break-words whitespace-pre-wrap">{unsent.words}</p>
      </div>
      {isFailed ? (
        <div className="mt-1 grid max-w-prose justify-items-end gap-1">
          <p className="text-right text-caption text-pretty text-destructive"><span className="font-medium">Not sent. </span>{unsent.problem?.message}</p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button size="sm" variant="ghost" onClick={() => send.discard(unsent)}>Discard</Button>
            {unsent.reply.templateSid ? null : <Button size="sm" onClick={() => send.takeBack(unsent)}>Put it back to edit</Button>}
            <Button size="sm" onClick={() => send.again(unsent)}>Try again</Button>
          </div>
        </div>
      ) : <p className="mt-0.5 text-caption text-muted-foreground"><Status family="progress" look="plain" className="text-caption text-muted-foreground">Sending</Status></p>}
    </div>
  );
}
