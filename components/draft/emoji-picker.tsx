'use client';

import { Smile } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { deferred } from '#components/ui/deferred.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { EmojiPanelProps } from './emoji-panel.tsx';

const panel = deferred(() => import('./emoji-panel.tsx'));

/** A button with all emoji, by group or by name; the one that is pressed goes to the cursor. */
export function EmojiPicker(props: EmojiPanelProps) {
  return (
    <Popover label="Emoji" className="w-[19rem]" trigger={<Button size="sm" icon={<Smile aria-hidden />}>Emoji</Button>}>
      <Panel {...props} />
    </Popover>
  );
}

function Panel(props: EmojiPanelProps) {
  const loaded = panel.use(true);
  return loaded ? <loaded.EmojiPanel {...props} /> : <p className="flex items-center gap-2 text-muted-foreground"><Spinner />Loading emoji</p>;
}
