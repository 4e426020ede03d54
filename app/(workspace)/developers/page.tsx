import type { Metadata } from 'next';
import { CodeBlock } from '#components/developers/code-block.tsx';
import { quickStart } from '#components/developers/quick-start.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { currentVisit, signedIn } from '#server/auth.ts';

export const metadata: Metadata = { title: 'Developers' };

export default async function DevelopersPage() {
  const [session, { publicUrl }] = await Promise.all([signedIn(), currentVisit()]);
  return (
    <>
      <PageHeader
        title="Developers"
        description="Everything that these pages do with broadcasts, contacts and lists, your programs can do too."
        actions={
          <>
            <Button asChild><a href="/api/openapi.json">OpenAPI document</a></Button>
            <Button asChild variant="primary"><a href="/api/docs">API reference</a></Button>
          </>
        }
      />
      <div className="grid max-w-3xl gap-4">
        <Card title="Where to call">
          <dl className="grid gap-x-4 gap-y-2 text-body sm:grid-cols-[8rem_1fr]">
            <dt className="text-muted-foreground">Base URL</dt>
            <dd className="min-w-0"><Copyable value={publicUrl} label="base URL" /></dd>
            {session?.organizationId ? (
              <>
                <dt className="text-muted-foreground">Organisation</dt>
                <dd className="min-w-0"><Copyable value={session.organizationId} label="organisation id" /><p className="text-table text-muted-foreground">Send it as the header orgid if you belong to several.</p></dd>
              </>
            ) : null}
          </dl>
        </Card>
        <Card title="Quick start" description="Paste these into a terminal, one after the other.">
          <ol className="grid gap-6">
            {quickStart(publicUrl, session?.email ?? 'you@example.com').map((step, index) => (
              <li key={step.title} className="grid min-w-0 gap-2">
                <div><h3 className="text-body font-semibold">{index + 1}. {step.title}</h3><p className="max-w-prose text-body text-muted-foreground">{step.text}</p></div>
                <CodeBlock label={step.label} code={step.code} />
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </>
  );
}
