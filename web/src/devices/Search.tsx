import { Button, Progress, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { answered, api, type FoundDevice, type Scan } from "../api.ts";
import { scanKey } from "../config/useConfig.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import "./devices.css";

interface SearchProps {
  /** What can be done with a device that is new. */
  readonly offers: (device: FoundDevice) => ReactNode;
}

const askEveryMs = 400;

/** Looks for devices in the home's network, which are only asked who they are, and shows what answered. */
export function Search({ offers }: SearchProps) {
  const client = useQueryClient();
  const { data: scan, error } = useQuery({
    queryKey: scanKey,
    queryFn: (): Promise<Scan> => answered(api.GET("/api/v1/scan")),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? askEveryMs : false),
  });
  const [subnet, setSubnet] = useState("");
  const [ports, setPorts] = useState("");
  const show = (next: Scan) => client.setQueryData(scanKey, next);
  const start = useMutation({
    mutationFn: () => answered(api.POST("/api/v1/scan", { body: requestOf(subnet, ports) })),
    onSuccess: show,
  });
  const stop = useMutation({ mutationFn: () => answered(api.DELETE("/api/v1/scan")), onSuccess: show });
  const isRunning = scan?.state === "running";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <Card title="Search the network">
      <form className="search-form" onSubmit={submit}>
        <TextInput
          label="Network"
          description="Devices are asked who they are; nothing is switched"
          placeholder={scan?.ownSubnets.join(", ") || "192.168.1.0/24"}
          value={subnet}
          onChange={(event) => setSubnet(event.currentTarget.value)}
        />
        <TextInput
          label="Other ports"
          description="Where devices were moved to another one"
          placeholder="8080"
          inputMode="numeric"
          value={ports}
          onChange={(event) => setPorts(event.currentTarget.value)}
        />
        {isRunning ? (
          <Button variant="default" onClick={() => stop.mutate()}>
            Stop
          </Button>
        ) : (
          <Button
            type="submit"
            loading={start.isPending}
            leftSection={<IconSearch size={18} aria-hidden="true" />}
          >
            Search
          </Button>
        )}
      </form>
      {isRunning && (
        <Progress value={scan.progress * 100} aria-label="Searching" className="search-progress" />
      )}
      {scan && scan.found.length > 0 && (
        <ul className="found" aria-label="Found devices">
          {scan.found.map((device) => (
            <li key={device.address}>
              <Found device={device} offers={offers} />
            </li>
          ))}
        </ul>
      )}
      <output className="search-end">{scan && endWords(scan)}</output>
      <Problem error={start.error ?? stop.error ?? error} onDismiss={start.reset} />
    </Card>
  );
}

function Found({ device, offers }: { device: FoundDevice; offers: SearchProps["offers"] }) {
  const { title, address, configuredAs, needsCredentials, note, driver } = device;
  const words = [
    needsCredentials && "asks for a login",
    note,
    driver === null && "there is no driver for it",
  ].filter(Boolean);
  return (
    <>
      <div className="found-words">
        <strong>{title}</strong> <span className="found-address">{address}</span>
        {words.length > 0 && <p>{words.join(" · ")}</p>}
      </div>
      <div className="found-offers">
        {configuredAs === null ? driver !== null && offers(device) : <span>here as {configuredAs}</span>}
      </div>
    </>
  );
}

function requestOf(subnet: string, ports: string) {
  const numbers = ports
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map(Number);
  return {
    ...(subnet.trim() !== "" && { subnet: subnet.trim() }),
    ...(numbers.length > 0 && { ports: numbers }),
  };
}

/** How a search stands, in a sentence. */
function endWords({ state, found, subnets, message }: Scan): string {
  const where = subnets.join(", ");
  const what =
    found.length === 0
      ? "no device that is known here"
      : `${found.length} device${found.length > 1 ? "s" : ""}`;
  if (state === "none") return "";
  if (state === "running") return `Searching ${where} …`;
  if (state === "failed") return message;
  return `${state === "stopped" ? "Stopped: so far" : "Searched"} ${where}: ${what}.`;
}
