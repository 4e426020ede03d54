'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { SearchBox } from '#components/layout/search-box.tsx';
import { templateLook } from '#components/template/template-status.tsx';
import { Select } from '#components/ui/select.tsx';
import { categoryWord, templateCategories, templateStatuses } from '#server/channels/whatsapp/template.ts';
import { listHref } from './list-query.ts';

/** Search, status and category, kept in the URL. */
export function TemplateFilters() {
  const router = useRouter();
  const query = useSearchParams();
  const choose = (name: string) => (event: { target: { value: string } }) => router.replace(listHref(query, { [name]: event.target.value }), { scroll: false });
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <div className="sm:w-72"><SearchBox label="Search templates" placeholder="Search name or text" hrefFor={(search) => listHref(query, { search })} /></div>
      <Select aria-label="Status" className="sm:w-44" value={query.get('status') ?? ''} onChange={choose('status')}>
        <option value="">All statuses</option>
        {templateStatuses.map((status) => <option key={status} value={status}>{templateLook[status].word}</option>)}
      </Select>
      <Select aria-label="Category" className="sm:w-44" value={query.get('category') ?? ''} onChange={choose('category')}>
        <option value="">All categories</option>
        {templateCategories.map((category) => <option key={category} value={category}>{categoryWord[category]}</option>)}
      </Select>
    </search>
  );
}
