/** Styles of the simulator's pages: system fonts, zinc and indigo, light and dark, one column up to 720 px. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--surface:#fafafa;--raised:#f4f4f5;--text:#09090b;--muted:#52525c;--line:#e4e4e7;--edge:#71717b;--primary:#4f39f6;--on-primary:#fff;--link:#432dd7;--bad:#c10007;--good:#007a55}
@media (prefers-color-scheme:dark){:root{--ground:#09090b;--surface:#18181b;--raised:#27272a;--text:#fafafa;--muted:#9f9fa9;--line:#27272a;--edge:#71717b;--primary:#7c86ff;--on-primary:#09090b;--link:#a3b3ff;--bad:#ff6467;--good:#00d492}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:0.9375rem/1.45 system-ui,sans-serif;-webkit-text-size-adjust:100%}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--primary);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--ground);padding:8px}
header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;padding:12px 16px;border-bottom:1px solid var(--line)}
header strong{font-size:1rem}
nav{display:flex;gap:4px;flex-wrap:wrap}
nav a{padding:8px 12px;border-radius:6px;text-decoration:none;color:var(--muted)}
nav a[aria-current]{background:var(--raised);color:var(--text);font-weight:600}
main{max-width:1100px;margin:0 auto;padding:16px}
h1{font-size:1.375rem;line-height:1.875rem;margin:0 0 4px}h2{font-size:1.125rem;margin:24px 0 8px}
.lead,.hint{color:var(--muted);margin:0 0 16px;max-width:70ch}.hint{font-size:.8125rem;margin:4px 0 0}
.columns{display:grid;grid-template-columns:minmax(260px,340px) minmax(0,1fr);gap:24px;align-items:start}
ul,ol{list-style:none;margin:0;padding:0}
.phone a{display:block;padding:10px 12px;border-radius:10px;text-decoration:none;color:inherit}
.phone a:hover{background:var(--surface)}.phone a[aria-current]{background:var(--raised)}
.phone .top{display:flex;justify-content:space-between;gap:8px}.phone b,.number{font-variant-numeric:tabular-nums}
.phone time,.phone p{color:var(--muted);font-size:.8125rem}.phone p{margin:2px 0 0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.thread{border:1px solid var(--line);border-radius:16px;background:var(--surface);display:flex;flex-direction:column;max-height:max(360px,calc(100vh - 190px))}
.thread h2{margin:0;padding:12px 16px;border-bottom:1px solid var(--line)}
.bubbles{padding:16px;overflow-y:auto;flex:1}.bubbles ol{display:flex;flex-direction:column;gap:12px}
.bubble{max-width:min(85%,30rem);align-self:flex-start}.bubble.mine{align-self:flex-end}
.bubble .text{margin:0;width:fit-content;padding:8px 12px;border-radius:16px 16px 16px 4px;background:var(--raised);white-space:pre-wrap;overflow-wrap:anywhere}
.bubble.mine .text{margin-left:auto;background:var(--primary);color:var(--on-primary);border-radius:16px 16px 4px 16px}
.bubble.whatsapp .text{border-left:3px solid var(--good)}.bubble.mine.whatsapp .text{border-left:0}
.buttons{display:flex;flex-direction:column;gap:4px;margin:4px 0 0}.buttons button,.lead-button{width:100%;display:block;text-align:center}.lead-button{border:1px solid var(--line);border-radius:6px;padding:6px 10px;font-size:.8125rem;overflow-wrap:anywhere}
button:disabled{opacity:.55;cursor:default}.window{margin:0;padding:6px 16px;color:var(--muted);font-size:.8125rem;border-top:1px solid var(--line)}summary{cursor:pointer;color:var(--muted);font-size:.8125rem;min-height:24px}
.facts{margin:2px 4px 0;color:var(--muted);font-size:.75rem;font-variant-numeric:tabular-nums}.mine .facts{text-align:right}
.bad{color:var(--bad)}.good{color:var(--good)}
form.reply{border-top:1px solid var(--line);padding:12px;display:grid;grid-template-columns:1fr auto;gap:8px}
label{display:block;font-weight:500;margin:0 0 4px}
input,select,textarea,button{font:inherit;font-size:1rem;color:inherit;background:var(--ground);border:1px solid var(--edge);border-radius:6px;padding:8px 10px;min-height:44px;width:100%}
textarea{resize:vertical;min-height:44px}
button{background:var(--primary);border-color:var(--primary);color:var(--on-primary);font-weight:600;width:auto;padding:8px 16px;cursor:pointer}
button.plain{background:var(--ground);color:var(--text);border-color:var(--edge);font-weight:500}
button.small{min-height:32px;padding:2px 10px;font-size:.8125rem}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.full{grid-column:1/-1}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:16px;align-items:end}
.card{border:1px solid var(--line);border-radius:10px;padding:16px;margin:0 0 16px;background:var(--surface)}
.card h2{margin:0 0 8px}
dl{display:grid;grid-template-columns:minmax(120px,auto) minmax(0,1fr) auto;gap:8px 16px;align-items:center;margin:0}dt{color:var(--muted)}dd{margin:0}
code{font:0.8125rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:500;color:var(--muted)}
.pager{display:flex;gap:16px;align-items:center;margin:12px}.empty{padding:24px 16px;color:var(--muted)}
.note{padding:10px 12px;border:1px solid var(--edge);border-radius:6px;margin:0 0 16px}
@media (max-width:719px){.columns{grid-template-columns:minmax(0,1fr)}.columns.open>.list{display:none}.lead:has(+.open){display:none}.thread{max-height:none;min-height:60vh}.bubbles{max-height:58vh}dl{grid-template-columns:minmax(0,1fr) auto}dt{grid-column:1/-1}}
@media (min-width:720px){.back{display:none}}
`;

/**
 * Refreshes every `[data-live]` part from the same page every two seconds, keeping what did not change, the focus and the scroll position.
 * Without scripts the pages work all the same, by reloading.
 */
export const SCRIPT = `
const bottom = () => { for (const box of document.querySelectorAll('.bubbles')) box.scrollTop = box.scrollHeight; };
function merge(now, next) {
  if (now.isEqualNode(next)) return;
  const old = new Map([...now.children].map((child) => [child.id, child]));
  const box = now.closest('.bubbles') ?? now;
  const stuck = box.scrollTop + box.clientHeight > box.scrollHeight - 40;
  const focus = now.contains(document.activeElement) ? document.activeElement.id : '';
  now.replaceChildren(...[...next.childNodes].map((node) => {
    const kept = node.id && old.get(node.id);
    return kept && kept.isEqualNode(node) ? kept : document.adoptNode(node);
  }));
  if (focus) document.getElementById(focus)?.focus();
  if (stuck) box.scrollTop = box.scrollHeight;
}
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = page.getElementById(part.id);
    if (next) merge(part, next);
  }
}
bottom();
if (document.querySelector('[data-live]')) setInterval(refresh, 2000);
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = 'Copied';
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && event.target.matches('form.reply textarea')) {
    event.preventDefault();
    if (event.target.value.trim() || event.target.form.elements.media?.value) event.target.form.requestSubmit();
  }
});
`;
