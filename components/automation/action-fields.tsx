'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { ReplyPreview } from './reply-preview.tsx';
import { emptyAction, type RuleDraft } from './rule-draft.ts';
import { actionNames, type ActionType } from './words.ts';

type Action = RuleDraft['actions'][number];
type ActionFieldsProps = { actions: Action[]; isMessageCounted: boolean; errors: readonly FieldError[]; onChange: (actions: Action[]) => void };

const TYPES: readonly ActionType[] = ['reply', 'subscribe', 'add_tag', 'remove_tag', 'add_to_list', 'notify', 'webhook'];
/** Once is enough. */
const SINGLE: readonly ActionType[] = ['reply', 'subscribe', 'notify'];

/** What the rule does, one after the other. */
export function ActionFields({ actions, isMessageCounted, errors, onChange }: ActionFieldsProps) {
  const replace = (n: number, action: Action) => onChange(actions.with(n, action));
  const move = (n: number, by: -1 | 1) => onChange(actions.toSpliced(n, 1).toSpliced(n + by, 0, actions[n]!));
  const offered = TYPES.filter((type) => !SINGLE.includes(type) || !actions.some((action) => action.type === type));
  return (
    <fieldset className="min-w-0">
      <legend className="text-reading font-semibold">What it does</legend>
      <p className="text-table text-muted-foreground">One that cannot be done, say because the budget is used up, is noted with its reason; the others go on.</p>
      <ol className="mt-3 grid gap-3">
        {actions.map((action, n) => (
          <li key={action.key} className="rounded-card border p-3 sm:p-4">
            <div className="mb-2 flex items-center justify-between gap-2">
              <h3 className="text-body font-semibold">{n + 1}. {actionNames[action.type]}</h3>
              <span className="flex items-center">
                <IconButton size="sm" label={`Move up: ${actionNames[action.type]}`} icon={<ArrowUp aria-hidden />} disabled={n === 0} onClick={() => move(n, -1)} />
                <IconButton size="sm" label={`Move down: ${actionNames[action.type]}`} icon={<ArrowDown aria-hidden />} disabled={n === actions.length - 1} onClick={() => move(n, 1)} />
                <IconButton size="sm" label={`Remove: ${actionNames[action.type]}`} icon={<Trash2 aria-hidden />} onClick={() => onChange(actions.toSpliced(n, 1))} />
              </span>
            </div>
            <ActionField action={action} n={n} isMessageCounted={isMessageCounted} errors={errors} onChange={(next) => replace(n, next)} />
          </li>
        ))}
      </ol>
      <div className="mt-3">
        <DropdownMenu align="start" trigger={<Button id="add-action" icon={<Plus aria-hidden />}>Add what it does</Button>}>
          {offered.map((type) => <MenuItem key={type} onSelect={() => onChange([...actions, emptyAction(type)])}>{actionNames[type]}</MenuItem>)}
        </DropdownMenu>
        {errorFor(errors, 'add-action') ? <p className="mt-1.5 text-table font-medium text-destructive"><span className="sr-only">Error: </span>{errorFor(errors, 'add-action')}</p> : null}
      </div>
    </fieldset>
  );
}

type ActionFieldProps = { action: Action; n: number; isMessageCounted: boolean; errors: readonly FieldError[]; onChange: (action: Action) => void };

function ActionField({ action, n, isMessageCounted, errors, onChange }: ActionFieldProps) {
  const wiring = (name: string) => ({ id: `actions.${n}.${name}`, error: errorFor(errors, `actions.${n}.${name}`) });
  switch (action.type) {
    case 'reply': return (
      <div className="grid gap-3 lg:grid-cols-2">
        <Field {...wiring('text')} label="The answer" hint="May use {{firstName}} and other fields of the contact; a stranger has none, so give a default: {{firstName | default: &quot;there&quot;}}.">
          <Textarea value={action.text} maxLength={1600} onChange={(event) => onChange({ ...action, text: event.target.value })} />
        </Field>
        <ReplyPreview text={action.text} isMessageCounted={isMessageCounted} />
      </div>
    );
    case 'add_tag': case 'remove_tag': return (
      <Field {...wiring('tag')} label="Tag" hint={action.type === 'add_tag' ? 'Only contacts have tags. A rule that subscribes makes a stranger one first.' : undefined}>
        <Input value={action.tag} maxLength={50} autoComplete="off" autoCapitalize="none" onChange={(event) => onChange({ ...action, tag: event.target.value })} />
      </Field>
    );
    case 'add_to_list': return <ListField {...wiring('listId')} value={action.listId} onChange={(listId) => onChange({ ...action, listId })} />;
    case 'subscribe': return (
      <Field {...wiring('consentText')} label="What they agree to" hint="The words of your form, poster or post that asked them to send this. They are kept as the proof, with the message. It never lifts an opt-out.">
        <Textarea value={action.consentText} maxLength={1000} onChange={(event) => onChange({ ...action, consentText: event.target.value })} />
      </Field>
    );
    case 'notify': return (
      <Field {...wiring('text')} label="What the notice says" hint="Goes to the devices that are subscribed in Settings → Devices.">
        <Input value={action.text} maxLength={200} autoComplete="off" onChange={(event) => onChange({ ...action, text: event.target.value })} />
      </Field>
    );
    case 'webhook': return (
      <Field {...wiring('url')} label="Address to call" hint="POST with JSON, signed with the secret of this rule. Public https addresses only; what fails is tried again for a day.">
        <Input type="url" inputMode="url" value={action.url} maxLength={2000} autoComplete="off" spellCheck={false} className="font-mono" placeholder="https://example.com/hook" onChange={(event) => onChange({ ...action, url: event.target.value.trim() })} />
      </Field>
    );
  }
}

function ListField({ id, error, value, onChange }: { id: string; error: string | undefined; value: string; onChange: (listId: string) => void }) {
  const trpc = useTRPC();
  const { data: lists } = useQuery(trpc.audience.lists.queryOptions());
  const isGone = value !== '' && lists !== undefined && !lists.some((list) => list.id === value);
  return (
    <Field id={id} label="List" error={error}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose a list</option>
        {isGone ? <option value={value}>A list that was deleted</option> : null}
        {lists?.map((list) => <option key={list.id} value={list.id}>{list.name}</option>)}
      </Select>
    </Field>
  );
}
