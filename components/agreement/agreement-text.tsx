import type { AgreementView } from '#server/domain/agreement/schema.ts';

/** Four plain sentences first, then all of it. */
export function AgreementText({ agreement }: { agreement: AgreementView }) {
  return (
    <div className="grid gap-4">
      <ul className="grid list-disc gap-1.5 pl-5 text-body">
        {agreement.summary.map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
      <div
        role="region"
        aria-label="Full text of the agreement"
        tabIndex={0}
        className="max-h-64 overflow-y-auto rounded-card border bg-surface p-4 text-table"
      >
        <div className="grid gap-3">{agreement.text.split('\n\n').map((section) => <Section key={section} text={section} />)}</div>
      </div>
      <p className="text-caption text-muted-foreground">
        Version {agreement.version}, SHA-256 <span className="font-mono break-all" title={agreement.hash}>{agreement.hash.slice(0, 12)}…</span> · <a className="text-link underline underline-offset-3" href={downloadOf(agreement)} download={`agreement-${agreement.service}-${agreement.version}.txt`}>Download as text</a>
      </p>
    </div>
  );
}

function Section({ text }: { text: string }) {
  const [heading, ...lines] = text.split('\n');
  return (
    <section>
      <h3 className="font-semibold">{heading}</h3>
      <p className="max-w-prose">{lines.join(' ')}</p>
    </section>
  );
}

const downloadOf = ({ title, version, hash, text }: AgreementView) =>
  `data:text/plain;charset=utf-8,${encodeURIComponent(`${title}\nVersion ${version}\nSHA-256 ${hash}\n\n${text}\n`)}`;
