import { cleanValue, renderTemplate } from '#server/channels/whatsapp/render.ts';
import { positionsOfPinned } from '#server/channels/whatsapp/template.ts';
import type { Person } from '#server/channels/index.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';

/** What fills a template by itself: what is known of the person; what was typed goes where a single position is left without anything. */
export function prefill(pinned: PinnedView, contact: ContactView | null, typed: string): Record<string, string> {
  const values = valuesOf(pinned, contact);
  const empty = positionsOfPinned(pinned).filter((number) => (values[number] ?? '') === '');
  const [only] = empty;
  return empty.length === 1 && only !== undefined && typed.trim() !== '' ? { ...values, [only]: cleanValue(typed) } : values;
}

function valuesOf(pinned: PinnedView, contact: ContactView | null): Record<string, string> {
  const { phone = null, email = null, firstName = null, lastName = null, fields = {} } = contact ?? {};
  const person: Person = { contact: { phone, email, firstName, lastName, fields }, data: {} };
  // An expression that came with a template from elsewhere may be no valid Liquid; then people fill it.
  try { return renderTemplate(pinned, null, person).values; } catch { return {}; }
}
