import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '#package.json' with { type: 'json' };

// Everything from this server: no CDN, no foreign fonts, no proxy for "try it", no telemetry. It stands in the page because next.config.js sends one
// header of this name for all paths, which would replace ours; browsers keep both policies. (frame-ancestors works in that header only.)
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "connect-src 'self'", 'worker-src blob:', "base-uri 'none'", "form-action 'self'",
].join('; ');

const scriptPath = `/api/docs/scalar.js?v=${packageJson.dependencies['@scalar/api-reference']}`;
const settings = {
  url: '/api/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true, showDeveloperTools: 'never', agent: { disabled: true }, mcp: { disabled: true },
  persistAuth: false, documentDownloadType: 'json', authentication: { preferredSecurityScheme: 'token' },
};

/** The reference page; Scalar reads its settings from the attribute, so the page needs no script of its own. */
export function docsPage(): Response {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API reference – Hailer</title><link rel="icon" href="/icon.svg"></head>
<body>
<noscript>The reference needs JavaScript. The same document is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
<script id="api-reference" type="application/json" data-configuration="${escapeAttribute(JSON.stringify(settings))}"></script>
<script src="${scriptPath}"></script>
</body>
</html>
`;
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } });
}

let script: Promise<Buffer<ArrayBuffer>> | undefined;

/** Scalar's bundle, read once from the dependency itself. Its address names the version, so browsers may keep it. */
export async function docsScript(): Promise<Response> {
  script ??= readFile(join(process.cwd(), 'node_modules/@scalar/api-reference/dist/browser/standalone.js')) as Promise<Buffer<ArrayBuffer>>;
  const body = await script.catch((error: unknown) => { script = undefined; throw error; });
  return new Response(body, { headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' } });
}

const escapeAttribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
