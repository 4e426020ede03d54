import { fileURLToPath } from 'node:url';

const projectDir = fileURLToPath(new URL('.', import.meta.url));

/**
 * Headers that never vary, on every path: Next's proxy skips some requests (prefetches, /api), these do not.
 * Two policies are both enforced by browsers, so this one may stand next to the nonce policy of proxy.ts.
 * Strict-Transport-Security is ignored over plain http, so a laptop on http://localhost is not affected.
 */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
  { key: 'X-DNS-Prefetch-Control', value: 'off' },
  {
    key: 'Permissions-Policy',
    value: 'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  },
];

const staticPolicy = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'";

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: projectDir,
  turbopack: { root: projectDir },
  serverExternalPackages: ['graphile-worker', 'pg', 'twilio', 'postgres', 'pino'],
  // The optimizer has been the way in for several Next advisories; our pictures are small SVGs.
  images: { unoptimized: true },
  poweredByHeader: false,
  // Its badge covers the account menu or the phone's bottom bar, whichever corner it is given.
  devIndicators: false,
  productionBrowserSourceMaps: false,
  // `npm test` runs tsc itself; checking here again would only make `npm start` slower.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      { source: '/:path*', headers: securityHeaders },
      // What stands here takes the place of a route's own header, and files that strangers send have a stricter one (server/api/media.ts).
      { source: '/((?!inbox/media/).*)', headers: [{ key: 'Content-Security-Policy', value: staticPolicy }] },
      {
        // What a service worker may do is what its own file says: call this server, nothing else. A new one is looked for every time.
        source: '/push-worker.js',
        headers: [
          { key: 'Content-Type', value: 'text/javascript; charset=utf-8' },
          { key: 'Cache-Control', value: 'no-cache' },
          { key: 'Content-Security-Policy', value: `default-src 'none'; connect-src 'self'; ${staticPolicy}` },
        ],
      },
      {
        // Whoever has the address sees the report, so it must not travel on or lie about.
        source: '/r/:token*',
        headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' }, { key: 'Referrer-Policy', value: 'no-referrer' }, { key: 'Cache-Control', value: 'private, no-store' }],
      },
    ];
  },
};

export default config;
