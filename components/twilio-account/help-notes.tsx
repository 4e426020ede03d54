import { TriangleAlert } from 'lucide-react';
import type { helpTextGaps } from '#server/channels/help-text.ts';

/** Where a text for HELP is kept at Twilio (Advanced Opt-Out of a messaging service). */
export const TwilioPlace = () => <span className="font-medium">Twilio Console → Messaging → Services → your service → Opt-Out Management</span>;

/** What carriers expect in the answer, and it does not say. */
export function HelpGaps({ gaps, brand }: { gaps: ReturnType<typeof helpTextGaps>; brand: string }) {
  if (gaps.length === 0) return null;
  const words = { brand: `it does not name ${brand}`, stop: 'it does not say how to leave (STOP)' };
  return (
    <p className="flex items-start gap-1.5 text-table text-warning-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>Carriers expect more: {gaps.map((gap) => words[gap]).join(', and ')}.</span>
    </p>
  );
}
