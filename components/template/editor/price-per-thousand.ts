import { formatMoney } from '#components/format/money.ts';
import { fromMicros, toMicros } from '#server/channels/decimal.ts';
import { whatsappPrice } from '#server/channels/whatsapp/price.ts';
import { templateCategories, type TemplateCategory } from '#server/channels/whatsapp/template.ts';

/** P52: what 1,000 messages of each category cost where `phone` is at home, by the list prices, and how much more that is than the cheapest. */
export function pricesPerThousand(phone: string, at: Date): Record<TemplateCategory, string> {
  const costs = templateCategories.map((category) => toMicros(whatsappPrice(phone, { method: 'template', category, isWindowOpen: false, at }).likely) * 1_000n);
  const least = costs.reduce((one, other) => (other < one ? other : one));
  const said = templateCategories.map((category, index) => {
    const more = costs[index]! - least;
    return [category, `About ${formatMoney(fromMicros(costs[index]!), 'USD')} per 1,000${more > 0n ? `, ${formatMoney(fromMicros(more), 'USD')} more than the cheapest` : ''}.`];
  });
  return Object.fromEntries(said) as Record<TemplateCategory, string>; // one entry per category
}
