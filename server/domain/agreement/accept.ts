import type { Context } from '#server/context.ts';
import type { AgreementView, ServiceInput } from '#server/domain/agreement/schema.ts';

export async function acceptAgreement(ctx: Context, input: ServiceInput): Promise<AgreementView> {
  void ctx; void input; throw new Error('acceptAgreement: not built yet');
}
