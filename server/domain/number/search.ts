import { requireRole, type Context } from '#server/context.ts';
import { searchNumbersInput, type NumberForSaleView, type SearchNumbersInput } from '#server/domain/number/schema.ts';
import { refusal } from '#server/domain/number/twilio-words.ts';
import { slice, type Page } from '#server/domain/paging.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { readNumberPrices, readNumbersForSale } from '#server/twilio/numbers.ts';

/**
 * P8: numbers that Twilio sells and that can text, with the monthly price for this account. None where Twilio sells none of this type.
 * @throws Problem forbidden below admin, twilio_not_configured, twilio_failed
 */
export async function searchNumbers(ctx: Context, input: SearchNumbersInput): Promise<Page<NumberForSaleView>> {
  requireRole(ctx, 'admin');
  const wish = searchNumbersInput.parse(input);
  const keys = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const [found, prices] = await Promise.all([readNumbersForSale(keys, wish), readNumberPrices(keys, wish.country)]);
  if (!found.ok && found.status !== 404) throw refusal(found, '', 'Twilio did not search');
  const price = prices.ok ? prices.value.byType[wish.type] ?? null : null;
  const currency = price && prices.ok ? prices.value.currency : null;
  return slice(found.ok ? found.value.map((number) => ({ ...number, price, currency })) : [], wish);
}
