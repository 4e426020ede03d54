import { env } from '#server/env.ts';

/** Where Twilio hands what people write to this organisation. */
export const inboundDestination = (organizationId: string): string => `${env().PUBLIC_URL}/connect/webhook/twilio/sms?orgid=${organizationId}`;

/** Is what people write to a sender heard here? `host`: who hears it instead. */
export function inboundOf(url: string | null, organizationId: string): { state: 'here' | 'elsewhere' | 'nowhere'; host: string | null } {
  if (!url) return { state: 'nowhere', host: null };
  if (url === inboundDestination(organizationId)) return { state: 'here', host: null };
  return { state: 'elsewhere', host: URL.canParse(url) ? new URL(url).host : url };
}
