import { createHash } from 'node:crypto';
import type { Reply } from '#server/twilio/simulator/http.ts';
import { html, type Html } from '#server/twilio/simulator/phones/html.ts';
import { SCRIPT, STYLE } from '#server/twilio/simulator/phones/look.ts';

const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Message texts come from anywhere, so nothing runs or loads but our own script and style. */
const POLICY = `default-src 'none'; style-src ${sourceOf(STYLE)}; script-src ${sourceOf(SCRIPT)}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const TABS = [
  { path: '/', word: 'Phones' },
  { path: '/templates', word: 'Templates' },
  { path: '/accounts', word: 'Accounts' },
  { path: '/faults', word: 'Faults' },
];

/** A whole page in the simulator's frame: `path` marks the tab that is open. */
export function pageReply(path: string, title: string, content: Html, status = 200): Reply {
  const tabs = TABS.map((tab) => html`<a href="${tab.path}" ${tab.path === path ? { markup: 'aria-current="page"' } : ''}>${tab.word}</a>`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Twilio simulator</title>
<link rel="icon" href="data:,">
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header><strong>Twilio simulator</strong><nav aria-label="Simulator">${tabs}</nav></header>
<main id="content">${content}</main>
<script type="module">${{ markup: SCRIPT }}</script>
</body>
</html>`;
  const headers = { 'content-security-policy': `${POLICY}; img-src data:`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return { status, html: page.markup, headers };
}

/** Where a form leads after it did its work. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { location } };
}
