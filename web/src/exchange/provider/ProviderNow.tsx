import { Button } from "@mantine/core";
import { IconBolt, IconCoin, IconDownload, IconListCheck, IconLock } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { answered, baseUrl } from "../../asking.ts";
import { count, plain, price, watts } from "../../format.ts";
import { AskFirst } from "../../shell/AskFirst.tsx";
import { Card } from "../../shell/Card.tsx";
import { Figures } from "../../shell/Figures.tsx";
import { moment } from "../../siteTime.ts";
import { api, type Provider } from "../api.ts";
import { kindNames } from "../network/networkWords.ts";
import { regionName } from "../network/regionWords.ts";
import { useShownNetwork } from "../shell/networkContext.ts";
import { timezone } from "../timezone.ts";
import { useMe } from "../useMe.ts";

/** What a machine does and has earned; the ways to vouch for it and to send it away. */
export function ProviderNow({ provider }: { readonly provider: Provider }) {
  const { id, name, kind, region, owner, joinedAt, isRevoked, now, earned, held } = provider;
  const { at } = useShownNetwork();
  const when = (time: string) => moment(Date.parse(time), Date.parse(at), timezone);
  const figures = [
    {
      name: "Running",
      value: now ? count(now.running) : "–",
      unit: now ? `of ${count(now.slots)}` : "",
      note: now ? "tasks at once" : "it is not connected",
      Icon: IconListCheck,
    },
    {
      name: "Computing",
      value: watts(now?.watts ?? null),
      unit: "",
      note: `${watts(now?.usefulWatts ?? null)} of it wanted heat`,
      Icon: IconBolt,
    },
    { name: "On its account", value: price(earned), unit: "", note: "earned and let go", Icon: IconCoin },
    { name: "Held back", value: price(held), unit: "", note: "for a day after each result", Icon: IconLock },
  ];
  const facts = [
    kindNames[kind],
    region === null ? undefined : regionName(region),
    owner === null ? undefined : `belongs to ${owner}`,
    `joined ${when(joinedAt)}`,
    id,
  ];
  return (
    <Card
      title="Now"
      aside={
        <span className="chip" data-tone={isRevoked ? "bad" : now ? "ember" : "calm"}>
          {isRevoked ? "revoked" : now ? "connected" : "away"}
        </span>
      }
    >
      <p className="provider-facts">{facts.filter((fact) => fact !== undefined).join(" · ")}</p>
      <Figures figures={figures} />
      {provider.restUntil !== null && (
        <p className="note">
          It gets nothing until {when(provider.restUntil)}, since it could not run tasks.
        </p>
      )}
      {now && <Offer now={now} />}
      <Commands id={id} name={name} isRevoked={isRevoked} isVouched={provider.isVouched} />
    </Card>
  );
}

function Offer({ now }: { readonly now: NonNullable<Provider["now"]> }) {
  const asks = now.asks.map((step) => `${price(step.perClassHour)} for ${count(step.slots)}`).join(", then ");
  return (
    <p className="note">
      {asks === "" ? "It asks for nothing now: it takes no task." : `An hour of a core costs ${asks}.`} One
      task may use {count(now.memoryMiB)} MiB.
      {now.gramsPerClassHour !== null &&
        ` An hour emits ${plain(now.gramsPerClassHour, 1, "g")} CO₂e by its grid.`}
    </p>
  );
}

function Commands({
  id,
  name,
  isRevoked,
  isVouched,
}: Pick<Provider, "id" | "name" | "isRevoked" | "isVouched">) {
  const rights = useMe()?.rights ?? [];
  const client = useQueryClient();
  const path = { params: { path: { id } } };
  const look = () => client.invalidateQueries({ queryKey: ["provider", id] });
  const vouch = async () => {
    await answered(api.PUT("/api/v1/providers/{id}/vouched", { ...path, body: { isVouched: !isVouched } }));
    await look();
  };
  const revoke = async () => {
    await answered(api.DELETE("/api/v1/providers/{id}", path));
    await look();
  };
  return (
    <div className="job-foot">
      {rights.includes("statements:read") && (
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          href={`${baseUrl}/api/v1/providers/${id}/statement.csv?${new URLSearchParams({ from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" })}`}
          download
        >
          Statement
        </Button>
      )}
      {rights.includes("providers:vouch") && !isRevoked && (
        <AskFirst
          label={isVouched ? "Vouch no more" : "Vouch for it"}
          question={
            isVouched
              ? `From now on others check what ${name} brings, by how it stood up to checks.`
              : `You answer for ${name}: nothing that it brings is checked.`
          }
          yes={isVouched ? "Yes, have it checked" : "Yes, I answer for it"}
          no="Leave it"
          isHarmless={isVouched}
          act={vouch}
        />
      )}
      {rights.includes("providers:write") && !isRevoked && (
        <AskFirst
          label="Revoke its key"
          question={`${name} is sent away at once and let in no more; what it works on goes to others. This cannot be taken back.`}
          yes="Yes, revoke it"
          no="Keep it"
          act={revoke}
        />
      )}
    </div>
  );
}
