'use client';

import { Smartphone } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';

/** The preview that stands beside the text. */
export const PREVIEW_ID = 'preview';

/** On a phone the preview comes from below; ⌘⇧P opens it there, and leads to it where it stands on the page. */
export function PreviewSheet({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  useShortcut('mod+shift+p', 'Preview', () => {
    const shown = document.getElementById(PREVIEW_ID);
    if (shown?.checkVisibility()) shown.focus();
    else setOpen(true);
  });
  return (
    <Sheet side="bottom" title="Preview" open={isOpen} onOpenChange={setOpen} trigger={<Button icon={<Smartphone aria-hidden />} className="w-full sm:hidden">Preview</Button>}>
      {children}
    </Sheet>
  );
}
