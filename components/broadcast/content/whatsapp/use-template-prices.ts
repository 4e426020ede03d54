'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pricesPerThousand } from '#components/template/editor/price-per-thousand.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { TemplateCategory } from '#server/channels/whatsapp/template.ts';

/** P52: the list price by category where the audience is, or where the organisation's own number is. `phone` is whose country it is. */
export function useTemplatePrices(recipient: string | null): { phone: string; of: Record<TemplateCategory, string> } {
  const { data: senders } = useQuery(useTRPC().twilioAccount.senders.queryOptions());
  const [at] = useState(() => new Date());
  const own = senders?.find(({ isSystem }) => isSystem)?.address ?? senders?.[0]?.address;
  const phone = (recipient ?? own ?? '+14155550132').replace(/^whatsapp:/, '');
  return { phone, of: pricesPerThousand(phone, at) };
}
