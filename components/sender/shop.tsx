import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { formatPhone } from '#components/format/phone.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { NumberForSaleView } from '#server/domain/number/schema.ts';
import { shopCountries } from './countries.ts';
import { useSenderAct } from './use-sender-act.ts';
import { typeWords } from './words.ts';

type Type = NumberForSaleView['type'];
type Search = { country: string; type: Type; areaCode: string; contains: string; mms?: boolean; voice?: boolean };

/** P8: what Twilio sells now, with the price that the purchase confirms. */
export function Shop({ wish }: { wish: { country: string; type: Type } }) {
  const trpc = useTRPC();
  const [search, setSearch] = useState<Search>({ ...wish, areaCode: '', contains: '' });
  const { data, error, isFetching } = useQuery(trpc.number.search.queryOptions({ ...search, ps: 20 }, { retry: false }));
  return (
    <Card title="Search and buy" description="Numbers that can text.">
      <div className="grid gap-4">
        <SearchForm search={search} onSearch={setSearch} />
        {error ? <Alert family="danger" isLive title="Not searched">{problemMessage(error)}</Alert> : null}
        {isFetching ? <Spinner label="Asking Twilio" /> : null}
        {data && !isFetching ? <Offers found={data.data} /> : null}
      </div>
    </Card>
  );
}

function SearchForm({ search, onSearch }: { search: Search; onSearch: (search: Search) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const type = (['local', 'toll_free', 'mobile'] as const).find((one) => one === text('type')) ?? 'local';
    const can = text('can');
    onSearch({ country: text('country'), type, areaCode: text('areaCode'), contains: text('contains'), ...(can === 'mms' && { mms: true }), ...(can === 'voice' && { voice: true }) });
  };
  return (
    <form aria-label="Search numbers" onSubmit={submit} className="grid items-end gap-3 sm:grid-cols-3">
      <Field label="Country"><Select name="country" defaultValue={search.country}>{shopCountries.map(([code, name]) => <option key={code} value={code}>{name}</option>)}</Select></Field>
      <Field label="Type"><Select name="type" defaultValue={search.type}>{Object.entries(typeWords).map(([type, word]) => <option key={type} value={type}>{word}</option>)}</Select></Field>
      <Field label="Can also"><Select name="can" defaultValue=""><option value="">Text only is enough</option><option value="mms">Send pictures (MMS)</option><option value="voice">Take calls</option></Select></Field>
      <Field label="Area code" optional><Input name="areaCode" inputMode="numeric" maxLength={5} pattern="\d*" /></Field>
      <Field label="Contains" optional><Input name="contains" maxLength={16} placeholder="555** or SHOP" /></Field>
      <Button type="submit">Search</Button>
    </form>
  );
}

function Offers({ found }: { found: NumberForSaleView[] }) {
  if (found.length === 0) return <p className="text-body text-muted-foreground">Twilio sells none like this now. Try another area code, or another type.</p>;
  return <ul aria-label="Numbers for sale" className="divide-y">{found.map((offer) => <Offer key={offer.phoneNumber} offer={offer} />)}</ul>;
}

function Offer({ offer }: { offer: NumberForSaleView }) {
  const { phoneNumber, place, mms, voice, price, currency, addressRequired } = offer;
  const can = ['SMS', mms ? 'MMS' : null, voice ? 'voice' : null].filter(Boolean).join(', ');
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0">
        <p className="text-body font-medium tabular-nums">{formatPhone(phoneNumber)}</p>
        <p className="text-table text-muted-foreground">{[place, can].filter(Boolean).join(' · ')}{addressRequired === 'none' ? null : ' · asks for an address'}</p>
      </div>
      <div className="flex items-center gap-3">
        <span className="text-body tabular-nums">{price ? `${price} ${currency} a month` : 'Price not known'}</span>
        {price && currency ? <Buy phoneNumber={phoneNumber} price={price} currency={currency} /> : null}
      </div>
    </li>
  );
}

function Buy({ phoneNumber, price, currency }: { phoneNumber: string; price: string; currency: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const act = useSenderAct();
  const number = formatPhone(phoneNumber);
  const buy = useMutation(trpc.number.buy.mutationOptions({
    onSuccess: async () => { await act.refresh(); notify.success('Bought', { description: `${number} is in your messaging service.` }); router.push('/senders'); },
    onError: act.refused('Not bought'),
  }));
  return (
    <AlertDialog
      title={`Buy ${number}?`} consequence={`Twilio charges your account ${price} ${currency} now and every month until you release the number. It joins your messaging service, and what people write to it comes here.`}
      confirmLabel={`Buy for ${price} ${currency} a month`} onConfirm={() => buy.mutateAsync({ phoneNumber, price, currency })}
      trigger={<Button size="sm" aria-label={`Buy ${number}`}>Buy</Button>}
    />
  );
}
