'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { hrefWith } from '#components/layout/page-query.ts';
import { SearchBox } from '#components/layout/search-box.tsx';
import { Select } from '#components/ui/select.tsx';
import { optOutsInputFrom, PATH } from './query.ts';
import { sourceWords } from './words.ts';

/** Search and filters of the ledger, kept in the URL. */
export function OptOutFilters() {
  const query = useSearchParams();
  const { kind, source, scope } = optOutsInputFrom(query);
  return (
    <search className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
      <div className="sm:w-72"><SearchBox label="Search opt-outs" placeholder="Number or name" hrefFor={(search) => hrefWith(PATH, query, { search })} /></div>
      <div className="grid grid-cols-2 gap-2 sm:contents">
        <Filter name="kind" label="What" all="Left and came back" value={kind} choices={[['opt_out', 'Opted out'], ['opt_in', 'Came back']]} />
        <Filter name="source" label="How" all="Every way" value={source} choices={Object.entries(sourceWords)} />
        <Filter name="scope" label="From" all="All and single senders" value={scope} choices={[['organization', 'All your senders'], ['sender', 'Only one sender']]} />
      </div>
    </search>
  );
}

function Filter({ name, label, all, value, choices }: { name: string; label: string; all: string; value: string | undefined; choices: ReadonlyArray<readonly [string, string]> }) {
  const router = useRouter();
  const query = useSearchParams();
  return (
    <Select aria-label={label} className="sm:w-44" value={value ?? ''} onChange={(event) => router.replace(hrefWith(PATH, query, { [name]: event.target.value }), { scroll: false })}>
      <option value="">{all}</option>
      {choices.map(([key, words]) => <option key={key} value={key}>{words}</option>)}
    </Select>
  );
}
