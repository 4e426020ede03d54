'use client';

import { useQuery } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { SubmittedVersion } from './submitted-version.tsx';
import { TemplateEditor } from './template-editor.tsx';

/** A version in the shape that its status asks for, under one address. */
export function VersionPage({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(useTRPC().template.readVersion.queryOptions({ id }));
  if (data) return data.status === 'draft' ? <TemplateEditor key={data.id} version={data} /> : <SubmittedVersion key={data.id} version={data} />;
  if (error) return <Alert family="danger" title="The template could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>;
  return <SkeletonGroup label="Loading the template" className="grid gap-4"><Skeleton className="h-9 w-72" /><Skeleton className="h-64" /></SkeletonGroup>;
}
