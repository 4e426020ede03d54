import type { Context } from '#server/context.ts';
import type { AgreementView, ServiceInput } from '#server/domain/agreement/schema.ts';

export async function readAgreement(ctx: Context, input: ServiceInput): Promise<AgreementView> {
  void ctx; void input; throw new Error('readAgreement: not built yet');
}
