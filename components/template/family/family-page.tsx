'use client';

import { useQuery } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { LiveChip } from '#components/layout/live-chip.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { languageName } from '#components/template/language-name.ts';
import { useTemplateChanges } from '#components/template/use-template-changes.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import type { TemplateDetail, VersionView } from '#server/domain/template/schema.ts';
import { AddLanguage } from './add-language.tsx';
import { TemplateHistory } from './template-history.tsx';
import { VersionCard } from './version-card.tsx';

/** A family whole: each language with its versions, and what happened to them. */
export function FamilyPage({ templateId }: { templateId: string }) {
  const trpc = useTRPC();
  const { data: template, error } = useQuery(trpc.template.read.queryOptions({ templateId }));
  const { live } = useTemplateChanges(templateId);
  if (error && !template) return <Alert family="danger" isLive title="The template could not be read">{problemMessage(error)}</Alert>;
  if (!template) return <Card isFlush><SkeletonRows label="Loading template" /></Card>;
  return (
    <>
      <PageHeader breadcrumb={[{ label: 'Templates', href: '/templates' }]} title={<span className="font-mono break-all">{template.name}</span>} status={<LiveChip state={live} />} actions={<AddLanguage versions={template.versions} />} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-6">
          {[...Map.groupBy(template.versions, ({ language }) => language)].map(([language, versions]) => <LanguageSection key={language} language={language} versions={versions} template={template} />)}
        </div>
        <Card title="History" isFlush><TemplateHistory events={template.events} /></Card>
      </div>
    </>
  );
}

function LanguageSection({ language, versions, template }: { language: string; versions: VersionView[]; template: TemplateDetail }) {
  return (
    <section id={language} aria-labelledby={`language-${language}`} className="grid min-w-0 scroll-mt-4 gap-3">
      <h2 id={`language-${language}`} className="text-h3 font-semibold">{languageName(language)} <span className="font-mono text-table font-normal text-muted-foreground">{language}</span></h2>
      {versions.map((version) => <VersionCard key={version.id} version={version} versions={versions} usual={template.usualSeconds} />)}
    </section>
  );
}
