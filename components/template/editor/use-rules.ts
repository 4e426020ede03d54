'use client';

import { useEffect, useState } from 'react';
import type { renderTemplate } from '#server/channels/whatsapp/render.ts';
import type { fixOf } from '#server/channels/whatsapp/rejection.ts';
import type { templateFaults } from '#server/channels/whatsapp/rules.ts';

export type Rules = { templateFaults: typeof templateFaults; fixOf: typeof fixOf; renderTemplate: typeof renderTemplate };

/** The very rules by which the submit refuses, run in the editor. They come after the page, because they bring the parser of Liquid. */
export function useRules(): Rules | null {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const [{ templateFaults: faults }, { fixOf: fix }, { renderTemplate: render }] = await Promise.all([
        import('#server/channels/whatsapp/rules.ts'), import('#server/channels/whatsapp/rejection.ts'), import('#server/channels/whatsapp/render.ts'),
      ]);
      if (isWanted) setRules({ templateFaults: faults, fixOf: fix, renderTemplate: render });
    };
    void load();
    return () => { isWanted = false; };
  }, []);
  return rules;
}
