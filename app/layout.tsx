import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ThemeProvider } from '#components/ui/theme-provider.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { template: '%s · Hailer', default: 'Hailer' },
  description: 'SMS and WhatsApp broadcasts through your own Twilio account.',
  robots: { index: false, follow: false },
  // Phone numbers in tables are ours to format and link, not the browser's.
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#09090b' },
  ],
};

/** Reading the headers makes every page dynamic: a page made at build time could not carry a fresh nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // next-themes sets the class before React arrives, hence the difference that is no error.
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  );
}
