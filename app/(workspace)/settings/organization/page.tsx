import { getCountries } from 'libphonenumber-js';
import type { Metadata } from 'next';
import { HydrateClient, prefetch, trpc } from '#app/_trpc/server.tsx';
import { MembersCard } from '#components/account/members-card.tsx';
import { OrganizationForm } from '#components/account/organization-form.tsx';
import { SessionsCard } from '#components/account/sessions-card.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';

export const metadata: Metadata = { title: 'Organisation' };

export default function OrganizationPage() {
  prefetch(trpc.organization.read.queryOptions());
  prefetch(trpc.organization.members.queryOptions());
  prefetch(trpc.user.sessions.queryOptions());
  return (
    <HydrateClient>
      <PageHeader title="Organisation" description="What is true for everybody in it, and where you are signed in yourself." />
      <div className="grid max-w-3xl gap-4">
        <OrganizationForm timeZones={timeZones()} countries={countries()} />
        <MembersCard />
        <SessionsCard />
      </div>
    </HydrateClient>
  );
}

// Made here and not in the browser, whose lists may differ from ours.
const timeZones = () => ['UTC', ...Intl.supportedValuesOf('timeZone')];

function countries() {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries().map((code) => ({ code: String(code), name: names.of(code) ?? String(code) })).sort((a, b) => a.name.localeCompare(b.name));
}
