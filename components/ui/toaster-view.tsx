'use client';

import { Check, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { connectToaster } from './notify.ts';

export default function ToasterView() {
  const { resolvedTheme } = useTheme();
  useEffect(() => connectToaster(toast), []);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      gap={8}
      mobileOffset={{ bottom: '5rem' }}
      icons={{
        success: <Check aria-hidden className="size-4 text-success-fill" />,
        info: <Info aria-hidden className="size-4 text-info-fill" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-warning-fill" />,
        error: <OctagonAlert aria-hidden className="size-4 text-danger-fill" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'flex w-full font-sans items-center gap-3 rounded-card border bg-overlay p-3 pr-9 text-body text-foreground shadow-overlay sm:w-90',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'text-table text-muted-foreground',
          actionButton: 'h-8 shrink-0 rounded-control px-2.5 font-medium text-link hover:bg-hover pointer-coarse:h-11',
          closeButton: 'bg-transparent! absolute top-2 right-2 inline-flex size-6 items-center justify-center rounded-control text-muted-foreground hover:bg-hover [&_svg]:size-3.5',
        },
      }}
    />
  );
}
