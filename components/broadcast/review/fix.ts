import type { ProblemCode } from '#server/errors.ts';

type Fix = { href: string; label: string };

/** Where a person mends what the server refused. */
export function fixFor(code: ProblemCode | null, broadcastId: string): Fix | null {
  switch (code) {
    case 'twilio_not_configured': return { href: '/settings/twilio', label: 'Connect Twilio' };
    case 'sender_not_found': case 'sender_not_registered': return { href: '/settings/twilio', label: 'Open Twilio settings' };
    case 'budget_reached': return { href: '/settings/organization', label: 'Change the budget' };
    case 'no_recipients': case 'validation_failed': case 'channel_not_supported': return { href: `/broadcasts/${broadcastId}`, label: 'Edit the broadcast' };
    case 'approval_required': return { href: `/broadcasts/${broadcastId}/review`, label: 'Show the approval' };
    case 'invalid_state': return { href: `/broadcasts/${broadcastId}`, label: 'Show it' };
    default: return null;
  }
}
