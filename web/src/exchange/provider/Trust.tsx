import { Card } from "../../shell/Card.tsx";
import type { Provider } from "../api.ts";
import { trustSentences } from "./providerWords.ts";

/** How far it is believed, and why. */
export function Trust({ provider }: { readonly provider: Provider }) {
  const share = Math.round(provider.trust * 100);
  return (
    <Card title="Trust" aside={<p className="card-note">{share} of 100</p>}>
      <meter className="trust" min={0} max={100} value={share} aria-label="Trust" />
      {trustSentences(provider).map((sentence) => (
        <p key={sentence} className="note">
          {sentence}
        </p>
      ))}
      {!provider.isVouched && !provider.isRevoked && (
        <p className="note">
          Of two that ask the same the more trusted gets the task. Half of what a result earns is held back
          for a day, and is forfeited where its machine is banned meanwhile.
        </p>
      )}
    </Card>
  );
}
