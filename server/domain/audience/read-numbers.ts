import { requireRole, type Context } from '#server/context.ts';
import { readNumbersInput, type ReadNumbersInput, type ReadNumbersView } from '#server/domain/audience/schema.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';

/** Reads numbers as somebody typed or pasted them: each person once, and what cannot be read with its problem in words. Writes nothing (P23). */
export async function readNumbers(ctx: Context, input: ReadNumbersInput): Promise<ReadNumbersView> {
  requireRole(ctx, 'marketer');
  const { numbers } = readNumbersInput.parse(input);
  const country = await ctx.transaction((tx) => defaultCountry(tx, ctx.organizationId));
  const read = numbers.map((typed) => ({ typed, ...readPhone(typed, country) }));
  const phones = read.flatMap(({ phone }) => phone ?? []);
  return {
    phones: [...new Set(phones)].toSorted(), repeated: phones.length - new Set(phones).size,
    wrong: read.flatMap((reading) => (reading.phone === null ? [{ typed: reading.typed, problem: reading.problem, howToFix: reading.howToFix }] : [])),
  };
}
