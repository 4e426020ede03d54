import type { MetadataRoute } from 'next';

/** On a home screen the application stands alone; iOS gives notifications to nothing else. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Hailer', short_name: 'Hailer', description: 'SMS and WhatsApp broadcasts through your own Twilio account.',
    id: '/', start_url: '/', scope: '/', display: 'standalone', background_color: '#ffffff', theme_color: '#ffffff',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
