import type { StartImportInput, UpdateUploadInput, UploadView } from '#server/domain/contact-import/schema.ts';

export type Target = { kind: 'none' } | { kind: 'existing'; list: string } | { kind: 'new'; listName: string };
/** What a person chooses about a file, as the form holds it. */
export type Options = { mapping: Record<string, string | null>; country: string; target: Target; refuseLandlines: boolean };

const PLACEHOLDER = 'New list';

export function optionsOf({ options }: UploadView, country: string): Options {
  const target: Target = options.list ? { kind: 'existing', list: options.list } : options.listName ? { kind: 'new', listName: options.listName === PLACEHOLDER ? '' : options.listName } : { kind: 'none' };
  return { mapping: options.mapping ?? {}, country: options.defaultCountry ?? country, target, refuseLandlines: options.refuseLandlines };
}

/** For another check. While its name is still being typed a new list has none; for a check any name does. */
export function checkInput({ id, options: { encoding } }: UploadView, { mapping, country, target, refuseLandlines }: Options): UpdateUploadInput {
  const list = target.kind === 'existing' ? { list: target.list } : target.kind === 'new' ? { listName: target.listName.trim() || PLACEHOLDER } : {};
  return { id, options: { mapping, defaultCountry: country, refuseLandlines, encoding, ...list } };
}

export const startInput = ({ id }: UploadView, { target }: Options): StartImportInput =>
  ({ id, ...(target.kind === 'existing' ? { list: target.list } : target.kind === 'new' ? { listName: target.listName.trim() } : {}) });

/** Whether the result on the screen is one of other options. The list matters only where a column may be data of it. */
export function isStale(upload: UploadView, options: Options, country: string): boolean {
  const checked = optionsOf(upload, country);
  const hasPaths = upload.result?.columns.some(({ name, mappedTo }) => name.includes('.') || mappedTo?.startsWith('data.')) ?? false;
  const keyOf = ({ mapping, country: chosen, refuseLandlines, target }: Options) => JSON.stringify([Object.entries(mapping).toSorted(), chosen, refuseLandlines, hasPaths && target.kind !== 'none']);
  return keyOf(options) !== keyOf(checked);
}
