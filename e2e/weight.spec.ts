import { gzipSync } from 'node:zlib';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { DEMO, expect, okPage, ok, restOf, signIn, test } from './fixtures.ts';

/** What a page may load before it can be used, in kB gzipped, and by how much a change may pass that before it fails. */
const [CSS, FONTS, SPARE] = [30, 120, 1.05];
const kB = (bytes: number) => bytes / 1_000;

test('a page loads no more script, style and font than its budget', async ({ page, request }) => {
  test.setTimeout(180_000);
  const seen = new Map<string, Promise<number>>();
  const get = async (path: string) => (await page.request.get(path)).body();
  const zipped = (path: string) => { const known = seen.get(path) ?? get(path).then((body) => gzipSync(body, { level: 9 }).length); seen.set(path, known); return known; };
  const sum = async (paths: string[]) => kB((await Promise.all([...new Set(paths)].map(zipped))).reduce((all, size) => all + size, 0));
  const weigh = async (path: string) => {
    const html = (await get(path)).toString();
    const addresses = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, address]) => (address ?? '').replaceAll('&amp;', '&'));
    const fonts = addresses(/<link[^>]+rel="preload"[^>]+href="([^"]+\.woff2[^"]*)"/g);
    // A font is compressed already.
    const fontSizes = await Promise.all(fonts.map(async (font) => (await get(font)).length));
    // What old browsers alone would load is marked nomodule.
    return { script: await sum(addresses(/<script(?![^>]*noModule)[^>]+src="([^"]+)"/gi)), css: await sum(addresses(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)), fonts: kB(fontSizes.reduce((all, size) => all + size, 0)), fontFiles: fonts.length };
  };
  const budgets: Array<[path: string, script: number]> = [['/sign-in', 150]];
  const check = async () => {
    for (const [path, script] of budgets.splice(0)) {
      const weight = await weigh(path);
      console.log(`${path.replace(/[0-9a-f-]{36}/, '…').padEnd(24)} script ${weight.script.toFixed(1).padStart(6)} kB of ${script}, style ${weight.css.toFixed(1)} of ${CSS}, fonts ${weight.fonts.toFixed(1)} of ${FONTS} in ${weight.fontFiles}`);
      expect.soft(weight.script, `script of ${path}`).toBeGreaterThan(50);
      expect.soft(weight.script, `script of ${path}`).toBeLessThanOrEqual(script * SPARE);
      expect.soft(weight.css, `style of ${path}`).toBeLessThanOrEqual(CSS * SPARE);
      expect.soft(weight.fonts, `fonts of ${path}`).toBeLessThanOrEqual(FONTS * SPARE);
      expect.soft(weight.fontFiles, `fonts of ${path}`).toBeLessThanOrEqual(2);
    }
  };
  await check();
  await signIn(page, DEMO);
  const rest = await restOf(request, DEMO.email, DEMO.password);
  const { data: [sent] } = await okPage<BroadcastView>(rest('GET', '/broadcast?status=sent&ps=1'));
  const draft = await ok<BroadcastView>(rest('POST', '/broadcast', { broadcastName: 'Weighed', channel: 'sms', content: 'Hello', selectedLists: ['sms-promotions'] }));
  const template = await ok<{ id: string }>(rest('POST', '/broadcast/templates', { name: `weighed_${Date.now()}` }));
  for (const path of ['/', '/broadcasts', '/contacts', '/lists', '/filters', '/automations', '/automations/new', '/deliveries', '/spend', '/settings/twilio', '/settings/organization', '/settings/devices', '/senders', '/senders/new']) budgets.push([path, 215]);
  budgets.push(['/inbox', 245], [`/templates/${template.id}/edit`, 245], [`/broadcasts/${draft.id}`, 245], [`/broadcasts/${draft.id}/review`, 245], [`/broadcasts/${sent?.id}`, 260]);
  await check();
});
