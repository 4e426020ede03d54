import { memberProcedure, router } from '#server/api/trpc.ts';
import { buyNumber } from '#server/domain/number/buy.ts';
import { chooseSystemNumber } from '#server/domain/number/choose-system.ts';
import { importNumber } from '#server/domain/number/import.ts';
import { readRelease, releaseNumber } from '#server/domain/number/release.ts';
import { repairInbound } from '#server/domain/number/repair-inbound.ts';
import { buyNumberInput, importNumberInput, releaseInput, searchNumbersInput, senderInput } from '#server/domain/number/schema.ts';
import { searchNumbers } from '#server/domain/number/search.ts';

export const numberRouter = router({
  search: memberProcedure.input(searchNumbersInput).query(({ ctx, input }) => searchNumbers(ctx, input)),
  buy: memberProcedure.input(buyNumberInput).mutation(({ ctx, input }) => buyNumber(ctx, input)),
  import: memberProcedure.input(importNumberInput).mutation(({ ctx, input }) => importNumber(ctx, input)),
  chooseSystem: memberProcedure.input(senderInput).mutation(({ ctx, input }) => chooseSystemNumber(ctx, input)),
  repairInbound: memberProcedure.input(senderInput).mutation(({ ctx, input }) => repairInbound(ctx, input)),
  readRelease: memberProcedure.input(senderInput).query(({ ctx, input }) => readRelease(ctx, input)),
  release: memberProcedure.input(releaseInput).mutation(({ ctx, input }) => releaseNumber(ctx, input)),
});
