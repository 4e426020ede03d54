import type { Metadata } from 'next';
import { HydrateClient } from '#app/_trpc/server.tsx';
import { FamilyPage } from '#components/template/family/family-page.tsx';
import { readTemplateOrNotFound } from './read-template.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await readTemplateOrNotFound((await params).id);
  return { title: name };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  await readTemplateOrNotFound(id);
  return <HydrateClient><FamilyPage templateId={id} /></HydrateClient>;
}
