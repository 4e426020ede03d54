import type { ReactNode } from 'react';
import { formatPhone } from '#components/format/phone.ts';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';

const none = <span className="text-muted-foreground">Not known</span>;

export function ContactFacts({ contact }: { contact: ContactView }) {
  return (
    <Card title="Facts">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Fact name="Phone">{contact.phone ? <Copyable value={contact.phone} text={formatPhone(contact.phone)} label="phone number" /> : none}</Fact>
        <Fact name="E-mail">{contact.email ? <Copyable value={contact.email} label="e-mail address" /> : none}</Fact>
        <Fact name="First name">{contact.firstName ?? none}</Fact>
        <Fact name="Last name">{contact.lastName ?? none}</Fact>
        <Fact name="Time zone">{contact.timeZone?.replaceAll('_', ' ') ?? none}</Fact>
        <Fact name="Consent">{contact.consentSource ? <>{contact.consentSource}{contact.consentAt ? <span className="block text-table text-muted-foreground">Recorded <Time value={contact.consentAt} mode="absolute" /></span> : null}</> : <span className="text-muted-foreground">Not recorded</span>}</Fact>
        <Fact name="Added"><Time value={contact.createdAt} /></Fact>
        <Fact name="Changed"><Time value={contact.updatedAt} /></Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-muted-foreground">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
