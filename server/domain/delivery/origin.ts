import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { DeliveryOrigin } from '#server/domain/delivery/schema.ts';
import { isoOrNull } from '#server/domain/delivery/view.ts';

/** Why a person is among the recipients: the broadcast's choice, the lists of it on which they stand (all of them when they stand on none any more), and their consent. */
export async function originOf(tx: Tx, organizationId: string, broadcastId: string, contactId: string | null): Promise<DeliveryOrigin> {
  const [broadcast] = await rows<BroadcastOrigin>(tx, sql`
    select b.purpose, (select m.conversation_id from chat_message m where b.purpose in ('reply', 'help') and m.organization_id = b.organization_id and m.broadcast_id = b.id limit 1) as conversation_id, b.recipient_method as method, f.name as filter, original.id as original_id, original.name as original_name,
      c.consent_source, c.consent_at, c.id is not null as known
    from broadcast b
    left join saved_filter f on f.organization_id = b.organization_id and f.id = b.saved_filter_id
    left join broadcast original on original.organization_id = b.organization_id and original.id = b.retry_of
    left join contact c on c.organization_id = b.organization_id and c.id = ${contactId}
    where b.organization_id = ${organizationId} and b.id = ${broadcastId}`);
  const lists = await rows<{ slug: string; name: string; added_at: string | null }>(tx, sql`
    select l.slug, l.name, m.added_at from broadcast_list bl join list l on l.organization_id = bl.organization_id and l.id = bl.list_id
    left join list_member m on m.organization_id = bl.organization_id and m.list_id = bl.list_id and m.contact_id = ${contactId}
    where bl.organization_id = ${organizationId} and bl.broadcast_id = ${broadcastId} and not bl.is_excluded order by bl.position`);
  const current = lists.filter((list) => list.added_at !== null);
  return {
    purpose: broadcast!.purpose, conversationId: broadcast!.conversation_id, method: broadcast!.method, filter: broadcast!.filter, lists: (current.length > 0 ? current : lists).map(({ slug, name, added_at }) => ({ slug, name, addedAt: isoOrNull(added_at) })),
    retryOf: broadcast!.original_id ? { id: broadcast!.original_id, name: broadcast!.original_name ?? '' } : null,
    consentSource: broadcast!.consent_source, consentAt: isoOrNull(broadcast!.consent_at), isContactKnown: broadcast!.known,
  };
}

type BroadcastOrigin = {
  purpose: DeliveryOrigin['purpose']; conversation_id: string | null;
  method: DeliveryOrigin['method']; filter: string | null; original_id: string | null; original_name: string | null; consent_source: string | null; consent_at: string | null; known: boolean;
};
