import Link from 'next/link';
import { Time } from '#components/ui/time.tsx';
import type { DeliveryDetail } from '#server/domain/delivery/schema.ts';

const link = 'text-link underline underline-offset-3';

/** "Why this one?": what of the broadcast's choice included this person, and on what consent. */
export function DeliveryOrigin({ origin, contactId }: Pick<DeliveryDetail, 'origin' | 'contactId'>) {
  return (
    <ul className="grid gap-1 text-body">
      <li>{origin.retryOf ? <>Tried again after <Link href={`/broadcasts/${origin.retryOf.id}`} className={link}>{origin.retryOf.name}</Link> did not reach them.</> : <Choice origin={origin} />}</li>
      <li>
        {!origin.isContactKnown ? 'The contact was deleted since.' : origin.consentSource || origin.consentAt ? (
          <>Consent: {origin.consentSource ?? 'no source noted'}{origin.consentAt ? <>, <Time value={origin.consentAt} mode="absolute" /></> : null}.</>
        ) : 'No consent is noted.'}
        {origin.isContactKnown && contactId ? <> <Link href={`/contacts/${contactId}`} className={link}>Open the contact</Link></> : null}
      </li>
    </ul>
  );
}

function Choice({ origin }: Pick<DeliveryDetail, 'origin'>) {
  if (origin.purpose === 'reply') return 'It answers them in their conversation.';
  if (origin.purpose === 'help') return 'They wrote HELP.';
  switch (origin.method) {
    case 'all': return 'The broadcast went to all contacts.';
    case 'numbers': return 'This number was chosen by hand.';
    case 'filter': return origin.filter ? `The saved filter “${origin.filter}” included them.` : 'A saved filter that is deleted by now included them.';
    case 'lists': return <Lists lists={origin.lists} />;
  }
}

function Lists({ lists }: { lists: DeliveryDetail['origin']['lists'] }) {
  if (lists.length === 0) return 'They were on a list that is deleted by now.';
  const isMember = lists.some((list) => list.addedAt !== null);
  return (
    <>
      {isMember ? 'On ' : 'They were on '}
      {lists.map((list, index) => <span key={list.slug}>{index > 0 ? (isMember ? ' and ' : ' or ') : ''}<Link href={`/lists/${list.slug}`} className={link}>{list.name}</Link>{list.addedAt ? <> since <Time value={list.addedAt} mode="absolute" /></> : null}</span>)}
      {isMember ? '.' : ', and left it since.'}
    </>
  );
}
