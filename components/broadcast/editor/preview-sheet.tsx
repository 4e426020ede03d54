'use client';

import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { Button } from '#components/ui/button.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { PhonePreview, type PhonePreviewProps } from './phone-preview.tsx';

/** The preview that stands beside the text. */
export const PREVIEW_ID = 'preview';

/** On a phone the preview comes from below; ⌘⇧P opens it there, and leads to it where it stands on the page. */
export function PreviewSheet(props: PhonePreviewProps) {
  const [isOpen, setOpen] = useState(false);
  useShortcut('mod+shift+p', 'Preview', () => {
    const shown = document.getElementById(PREVIEW_ID);
    if (shown?.checkVisibility()) shown.focus();
    else setOpen(true);
  });
  return (
    <Sheet side="bottom" title="Preview" open={isOpen} onOpenChange={setOpen} trigger={<Button icon={<Smartphone aria-hidden />} className="w-full sm:hidden">Preview</Button>}>
      <PhonePreview {...props} />
    </Sheet>
  );
}
