import type { Family } from '#components/ui/family.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';

export const registrationWords: Record<SenderView['registration'], { family: Family; word: string }> = {
  approved: { family: 'success', word: 'Can send' },
  not_required: { family: 'success', word: 'Can send' },
  pending: { family: 'info', word: 'Waiting for approval' },
  unregistered: { family: 'warning', word: 'Cannot send' },
  rejected: { family: 'danger', word: 'Rejected' },
  suspended: { family: 'danger', word: 'Suspended' },
};
export const kindWords: Record<SenderView['kind'], string> = {
  local: 'Local number', toll_free: 'Toll-free number', short_code: 'Short code', mobile: 'Number outside the US and Canada', alphanumeric: 'Alphanumeric sender', whatsapp: 'WhatsApp sender',
};
export const answerWords: Record<SenderView['canSendTo'][number]['answer'], { family: Family; word: string }> = {
  yes: { family: 'success', word: 'Yes' }, maybe: { family: 'warning', word: 'Perhaps' }, no: { family: 'neutral', word: 'No' },
};
export const typeWords = { local: 'Local', toll_free: 'Toll-free', mobile: 'Mobile' } as const;
