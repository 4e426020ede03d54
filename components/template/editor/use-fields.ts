'use client';

import { useQuery } from '@tanstack/react-query';
import { ownField, standardFields, type FieldOption } from '#components/draft/field-options.ts';
import { unknownFields, type UnknownField } from '#components/draft/placeholder-check.ts';
import { useTRPC } from '#components/trpc/client.tsx';

/** The fields of contacts, as a template names them: without a default, because a template has its fallbacks beside the text. */
export function useFields(positions: readonly string[]): { options: FieldOption[]; own: FieldOption[]; unknown: UnknownField[] } {
  const { data: vocabulary } = useQuery(useTRPC().audience.vocabulary.queryOptions(undefined, { staleTime: 300_000 }));
  const own = (vocabulary?.fields ?? []).map(({ name }) => ownField(name));
  const options = [...standardFields.map((field) => ({ ...field, placeholder: `{{${field.name}}}` })), ...own];
  const plain = positions.map((expression) => expression.split('|')[0]!.trim()).filter((path) => /^[A-Za-z_][\w.-]*$/.test(path));
  return { options, own, unknown: vocabulary ? unknownFields(plain, options.map(({ name }) => name)) : [] };
}
