'use client';

import { BellOff } from 'lucide-react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import type { Acts } from './use-acts.ts';

/** Words that no keyword catches: a person decides what they meant. */
export function OptOutQuestion({ conversation, acts }: { conversation: ConversationView; acts: Acts }) {
  const { suggestedOptOut, contact } = conversation;
  if (!suggestedOptOut || contact?.optedOut) return null;
  return (
    <div className="px-4 pb-2">
      <Alert
        family="optOut" icon={BellOff} isLive title="This reads like an opt-out"
        action={<><Button size="sm" loading={acts.isDeciding} onClick={() => acts.decideOptOut(conversation, true)}>Opt them out</Button><Button size="sm" variant="ghost" loading={acts.isDeciding} onClick={() => acts.decideOptOut(conversation, false)}>No, it is not</Button></>}
      >
        <p className="line-clamp-2 break-words">“{suggestedOptOut.text}”</p>
      </Alert>
    </div>
  );
}
