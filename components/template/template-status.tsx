import { Ban, Check, CircleDashed, CirclePause, Hourglass, OctagonAlert, type LucideIcon } from 'lucide-react';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import type { TemplateCategory, TemplateStatus } from '#server/channels/whatsapp/template.ts';

type Look = { word: string; family: Family; icon: LucideIcon; meaning: string };

export const templateLook: Record<TemplateStatus, Look> = {
  draft: { word: 'Draft', family: 'neutral', icon: CircleDashed, meaning: 'Only here. Submit it to have it approved.' },
  received: { word: 'Received', family: 'info', icon: Hourglass, meaning: 'Twilio has it and hands it to Meta.' },
  pending: { word: 'Pending', family: 'info', icon: Hourglass, meaning: 'Meta is reading it.' },
  approved: { word: 'Approved', family: 'success', icon: Check, meaning: 'Can be sent.' },
  rejected: { word: 'Rejected', family: 'danger', icon: OctagonAlert, meaning: 'Meta refused it. Change it and submit it again.' },
  paused: { word: 'Paused', family: 'warning', icon: CirclePause, meaning: 'Meta stopped it for some hours, because people blocked or reported it. Broadcasts wait.' },
  disabled: { word: 'Disabled', family: 'danger', icon: Ban, meaning: 'Meta stopped it for good. Write a new version.' },
};

/** The state of a version as icon, word and colour. */
export function TemplateStatusBadge({ status, look = 'badge' }: { status: TemplateStatus; look?: 'badge' | 'plain' }) {
  const { word, family, icon } = templateLook[status];
  return <Status family={family} icon={icon} look={look}>{word}</Status>;
}

/** What each category is for (P51). */
export const categoryUse: Record<TemplateCategory, string> = {
  utility: 'Order updates, appointments, account notices: what somebody asked for or expects. The usual one.',
  marketing: 'Offers, promotions, sales, news. The dearest; not delivered to US numbers.',
  authentication: 'One-time codes only. The words are Meta’s; no links, no advertising.',
};

export const isWaiting = (status: TemplateStatus) => status === 'received' || status === 'pending';
