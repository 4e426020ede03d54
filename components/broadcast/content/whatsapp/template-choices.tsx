'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatPhone } from '#components/format/phone.ts';
import { languageName } from '#components/template/language-name.ts';
import { templateLook, TemplateStatusBadge } from '#components/template/template-status.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { TemplateView } from '#server/domain/template/schema.ts';
import type { useTemplatePrices } from './use-template-prices.ts';

type Language = TemplateView['languages'][number] & { templateId: string; name: string };
type TemplateChoicesProps = { chosen: string | null; prices: ReturnType<typeof useTemplatePrices>; onChoose: (contentSid: string) => void };

/** All templates by name and language; those that cannot be sent stand there with the reason. */
export function TemplateChoices({ chosen, prices, onChoose }: TemplateChoicesProps) {
  const [search, setSearch] = useState('');
  const [language, setLanguage] = useState('');
  const wanted = useDeferredValue(search.trim());
  const { data, error } = useQuery(useTRPC().template.list.queryOptions({ ps: 200, ...(wanted && { search: wanted }) }, { placeholderData: keepPreviousData, staleTime: 10_000 }));
  const all: Language[] = (data?.data ?? []).flatMap(({ id, name, languages }) => languages.map((each) => ({ ...each, templateId: id, name })));
  const codes = [...new Set(all.map((each) => each.language))].toSorted();
  const shown = all.filter((each) => language === '' || each.language === language).toSorted((one, other) => Number(other.usable !== null) - Number(one.usable !== null));
  return (
    <div className="grid gap-3">
      <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_10rem]">
        <Input type="search" aria-label="Search templates" placeholder="Search name or text" value={search} autoComplete="off" onChange={(event) => setSearch(event.target.value)} />
        <Select aria-label="Language" value={language} onChange={(event) => setLanguage(event.target.value)}>
          <option value="">All languages</option>
          {codes.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}
        </Select>
      </div>
      {error && !data ? <Alert family="danger" title="The templates could not be read">{problemMessage(error)}</Alert> : null}
      {!data && !error ? <SkeletonRows label="Loading templates" /> : null}
      {data && shown.length === 0 ? <p className="py-6 text-center text-body text-muted-foreground">{wanted || language ? 'No template fits.' : <>There are none yet. <Link href="/templates" className="text-link underline underline-offset-3">Write the first one</Link></>}</p> : null}
      <ul aria-label="Templates" className="grid gap-2">
        {shown.map((each) => <li key={`${each.templateId}-${each.language}`}><Choice template={each} chosen={chosen} price={prices.of[categoryOf(each)]} onChoose={onChoose} /></li>)}
      </ul>
      {shown.length > 0 ? <p className="text-caption text-muted-foreground">Prices are examples by public lists, for people in the country of {formatPhone(prices.phone)}.</p> : null}
    </div>
  );
}

const categoryOf = ({ usable, newest }: Language) => { const { grantedCategory, category } = usable ?? newest; return grantedCategory ?? category; };

function Choice({ template, chosen, price, onChoose }: { template: Language; chosen: string | null; price: string; onChoose: (contentSid: string) => void }) {
  const { usable, newest, name, language } = template;
  const sid = usable?.contentSid ?? null;
  const words = (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 font-mono text-body font-medium break-all">{name}</span><TemplateStatusBadge status={(usable ?? newest).status} look="plain" />
        {sid !== null && sid === chosen ? <span className="ml-auto inline-flex items-center gap-1 text-caption font-medium"><Check aria-hidden className="size-3.5" />Chosen</span> : null}
      </span>
      <span className="mt-0.5 block text-table text-muted-foreground">{`${languageName(language)} · ${categoryWord[categoryOf(template)]}. ${sid === null ? '' : price}`}</span>
    </>
  );
  if (usable && sid !== null) {
    return (
      <button type="button" aria-pressed={sid === chosen} onClick={() => onChoose(sid)} className={classNames('block w-full rounded-card border p-3 text-left hover:bg-hover', sid === chosen && 'border-input-border bg-selected')}>
        {words}
        {usable.id === newest.id ? null : <span className="mt-0.5 block text-caption text-muted-foreground">{`Version ${usable.number}; version ${newest.number} is ${templateLook[newest.status].word.toLowerCase()}.`}</span>}
      </button>
    );
  }
  return (
    <div className="rounded-card border border-dashed p-3">
      {words}
      <span className="mt-0.5 block text-table">{templateLook[newest.status].meaning} <Link href={`/templates/${template.templateId}`} className="text-link underline underline-offset-3 pointer-coarse:py-3">Open it<span className="sr-only">: {name}, {languageName(language)}</span></Link></span>
    </div>
  );
}
