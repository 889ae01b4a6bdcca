import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answered, api, type Config, type Entry } from "../api.ts";
import { onlyIf, useShowConfig } from "../config/useConfig.ts";
import { useDrivers } from "../devices/useDrivers.ts";
import { changed, changesOf, isEntry, missingIn } from "../fields/entries.ts";
import { FieldForm } from "../fields/FieldForm.tsx";
import { AskFirst } from "../shell/AskFirst.tsx";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";

const none: Entry = {};

/** To whom the home offers its heaters for tasks: joins an exchange, sets limits, leaves again. */
export function ExchangeCard({ config }: { readonly config: Config }) {
  const showConfig = useShowConfig();
  const { data: drivers, error } = useDrivers();
  const section = config.settings?.["exchange"];
  const before: Entry = isEntry(section) ? section : none;
  const isMember = isEntry(section);
  const [changes, setChanges] = useState(none);
  const wanted = changed(before, changes);
  const fields = drivers?.common.exchange ?? [];
  const isChanged = Object.keys(changes).length > 0;
  const isReady = isChanged && missingIn(fields, wanted).length === 0;
  const header = onlyIf(config);
  const show = (next: Config) => {
    setChanges(none);
    showConfig(next);
  };
  const write = async () => {
    show(await answered(api.PUT("/api/v1/config/exchange", { params: { header }, body: changes })));
  };
  const leave = async () =>
    show(await answered(api.DELETE("/api/v1/config/exchange", { params: { header } })));
  const save = useMutation({ mutationFn: write });

  return (
    <Card title="Exchange">
      <p className="settings-note">
        {isMember
          ? "Tasks of an exchange run on this home’s computers while they ask little enough, which is while its rooms want heat."
          : "This home’s computers can run tasks for an exchange and be paid for it while they heat. Paste the address that the exchange shows to providers, with the fingerprint after the #."}
      </p>
      <FieldForm
        fields={fields}
        value={wanted}
        onChange={(next) => setChanges(changesOf(before, next))}
        first={["address", "maxWatts", "minPrice"]}
      />
      {error && <p role="alert">{error.message}</p>}
      <div className="settings-foot">
        {isMember && (
          <>
            <AskFirst
              label="Leave the exchange"
              question="Its tasks end here and go elsewhere; what they earned stays on your account there."
              yes="Leave it"
              no="Stay"
              act={leave}
            />
            <Button disabled={!isReady} loading={save.isPending} onClick={() => save.mutate()}>
              Save
            </Button>
          </>
        )}
        {!isMember && (
          <AskFirst
            label="Join the exchange"
            question={<JoinQuestion address={wanted["address"]} />}
            yes="Join it"
            no="Not now"
            isDisabled={!isReady}
            isHarmless
            act={write}
          />
        )}
      </div>
      <Problem error={save.error} onDismiss={save.reset} />
    </Card>
  );
}

function JoinQuestion({ address }: { readonly address: Entry[string] | undefined }) {
  const [url, fingerprint] = (typeof address === "string" ? address : "").split("#");
  return (
    <>
      Programs of strangers will run here, each in a process of its own that sees none of your files, for{" "}
      <strong className="exchange-address">{url}</strong>, whose key has the fingerprint{" "}
      <code className="exchange-address">{fingerprint}</code>. Is that what the exchange shows you?
    </>
  );
}
