'use client';

import { useMutation } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { RuleHistory as History, RuleRunView, RuleView } from '#server/domain/automation/schema.ts';
import { useRefreshRules } from './use-rules.ts';
import { actionNames, type ActionType } from './words.ts';

/** Words that came near, and what the rule did. */
export function RuleHistory({ rule, history, mayWrite }: { rule: RuleView; history: History; mayWrite: boolean }) {
  const { runs, nearMisses } = history;
  return (
    <>
      {nearMisses.length > 0 ? <NearMisses rule={rule} nearMisses={nearMisses} mayWrite={mayWrite} /> : null}
      <Card title="History" isFlush={runs.data.length > 0} footer={runs.data.length > 0 && runs.total > runs.pageSize ? <Paging path={`/automations/${rule.id}`} page={runs.page} pageSize={runs.pageSize} shown={runs.data.length} total={runs.total} hasNext={runs.hasNext} /> : undefined}>
        {runs.data.length === 0 ? <p className="text-body text-muted-foreground">Nobody has sent its word yet.</p> : (
          <Table caption={`Messages that ${rule.name} looked at, newest first`}>
            <TableHeader><TableHead>From</TableHead><TableHead>Message</TableHead><TableHead>What became of it</TableHead><TableHead>When</TableHead></TableHeader>
            <TableBody>{runs.data.map((run) => <Run key={run.messageId} run={run} />)}</TableBody>
          </Table>
        )}
      </Card>
    </>
  );
}

function NearMisses({ rule, nearMisses, mayWrite }: { rule: RuleView; nearMisses: History['nearMisses']; mayWrite: boolean }) {
  const trpc = useTRPC();
  const refresh = useRefreshRules();
  const add = useMutation(trpc.automation.addVariant.mutationOptions({
    onSuccess: (_, { word }) => { notify.success(`${word.toUpperCase()} counts from now on.`); void refresh(); },
    onError: (error) => notify.error('The word was not added', { description: problemMessage(error) }),
  }));
  return (
    <Card title="Near misses" description="One letter from a keyword: nothing was done.">
      <ul id="near-misses" className="grid gap-2">
        {nearMisses.map(({ word, keyword, times, lastAt }) => (
          <li key={word} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-body">
            <span className="min-w-0"><code className="font-mono font-semibold break-words">{word.toUpperCase()}</code> <span className="text-table text-muted-foreground">for {keyword.toUpperCase()}, {formatCount(times, 'time')}, last <Time value={lastAt} /></span></span>
            {mayWrite ? <Button size="sm" icon={<Plus aria-hidden />} loading={add.isPending && add.variables.word === word} onClick={() => add.mutate({ id: rule.id, word })}>Add variant<span className="sr-only"> {word}</span></Button> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const outcomes = { acted: { word: 'Acted', family: 'success' }, held_back: { word: 'Held back', family: 'warning' }, near_miss: { word: 'Near miss', family: 'neutral' } } as const;

function Run({ run: { outcome, reason, results, name, recipient, text, conversationId, at } }: { run: RuleRunView }) {
  const failed = results.filter(({ isDone }) => !isDone);
  const { word, family } = outcome === 'acted' && failed.length > 0 ? { word: failed.length === results.length ? 'Failed' : 'Acted in part', family: 'danger' as const } : outcomes[outcome];
  return (
    <TableRow>
      <TableCell className="max-w-56"><Link href={`/inbox?view=all&c=${conversationId}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{name ?? formatPhone(recipient)}</Link></TableCell>
      <TableCell label="Message" className="max-w-64 break-words">{text}</TableCell>
      <TableCell label="What became of it" className="max-w-96">
        <Status family={family}>{word}</Status>
        {reason ? <span className="mt-1 block text-muted-foreground">{reason}</span> : null}
        {failed.map((result) => <span key={result.type} className="mt-1 block text-muted-foreground">{nameOf(result.type)}: {result.reason}</span>)}
      </TableCell>
      <TableCell label="When" className="whitespace-nowrap"><Time value={at} /></TableCell>
    </TableRow>
  );
}

const isAction = (type: string): type is ActionType => Object.hasOwn(actionNames, type);
const nameOf = (type: string) => (isAction(type) ? actionNames[type] : type);
