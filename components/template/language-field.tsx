import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { commonLanguages, languageName } from './language-name.ts';

/** Meta's code of a language; the usual ones are offered. */
export function LanguageField({ error }: { error: string | undefined }) {
  return (
    <Field id="language" label="Language" hint="A code like en or pt_BR. Meta reads the text in this language." error={error}>
      <Input name="language" list="template-languages" defaultValue="en" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={10} className="font-mono" />
      <datalist id="template-languages">{commonLanguages.map((code) => <option key={code} value={code}>{languageName(code)}</option>)}</datalist>
    </Field>
  );
}
