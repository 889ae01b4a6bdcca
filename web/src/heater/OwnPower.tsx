import { Button, NativeSelect, NumberInput, Popover } from "@mantine/core";
import { IconAdjustments, IconArrowBackUp } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answered, api, type Heater, type HeaterDetail } from "../api.ts";
import { duration, watts } from "../format.ts";
import { Problem } from "../shell/Problem.tsx";
import { useShownSite } from "../shell/siteContext.ts";
import { moment } from "../siteTime.ts";
import { useShowSite } from "../useSite.ts";

interface WantedPower {
  readonly watts: number;
  readonly seconds: number;
}

/** Lets an owner run a heater at a power for a while, and gives it back to the thermostat. */
export function OwnPower({ heater }: { heater: Heater }) {
  const site = useShownSite();
  const show = useShowSite();
  const [isOpen, open] = useState(false);
  const path = { params: { path: { id: heater.id } } };
  const now = Date.parse(site.now);
  const change = useMutation({
    mutationFn: (power: WantedPower | undefined) =>
      answered(
        power
          ? api.PUT("/api/v1/heaters/{id}/power", {
              ...path,
              body: { watts: power.watts, until: new Date(now + power.seconds * 1000).toISOString() },
            })
          : api.DELETE("/api/v1/heaters/{id}/power", path),
      ),
    onSuccess: show,
  });
  return (
    <div className="own-power">
      {heater.ownerPower ? (
        <>
          <p>
            You asked for {heater.ownerPower.watts === 0 ? "none" : watts(heater.ownerPower.watts)} until{" "}
            {moment(Date.parse(heater.ownerPower.until), now, site.timezone)}.
          </p>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} />}
            loading={change.isPending}
            onClick={() => change.mutate(undefined)}
          >
            Back to the thermostat
          </Button>
        </>
      ) : (
        <Popover opened={isOpen} onChange={open} trapFocus returnFocus withArrow shadow="md">
          <Popover.Target>
            <Button
              variant="default"
              leftSection={<IconAdjustments size={18} />}
              loading={change.isPending}
              onClick={() => open((was) => !was)}
            >
              Run it at a power…
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label={`A power for ${heater.name}`}>
            <PowerForm
              heater={heater}
              onPower={(power) => {
                open(false);
                change.mutate(power);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      )}
      <Problem error={change.error} onDismiss={change.reset} />
    </div>
  );
}

const times = [1800, 3600, 7200, 14_400, 28_800];

function PowerForm({ heater, onPower }: { heater: Heater; onPower: (power: WantedPower) => void }) {
  const { data, error } = useQuery({
    queryKey: ["heater", heater.id],
    queryFn: () => answered(api.GET("/api/v1/heaters/{id}", { params: { path: { id: heater.id } } })),
  });
  const [power, setPower] = useState<number | undefined>();
  const [seconds, setSeconds] = useState(3600);
  const powers = data?.powers;
  if (error) return <p role="alert">{error.message}</p>;
  if (!powers) return <p>{data ? "It does not mine, so it has no powers to run at." : "Asks the heater…"}</p>;
  const chosen = power ?? lowest(powers);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPower({ watts: chosen, seconds });
  };
  return (
    <form className="away" onSubmit={submit}>
      <PowerInput powers={powers} value={chosen} onChange={setPower} />
      <NativeSelect
        label="For"
        value={String(seconds)}
        onChange={(event) => setSeconds(Number(event.currentTarget.value))}
        data={times.map((time) => ({ value: String(time), label: duration(time) }))}
      />
      <p className="own-power-note">
        Whatever the room's temperature: only the limits of room, device and feeder still hold.
      </p>
      <Button type="submit">Run it so</Button>
    </form>
  );
}

type Powers = NonNullable<HeaterDetail["powers"]>;

const lowest = (powers: Powers) => (powers.kind === "levels" ? (powers.watts[0] ?? 0) : powers.min);

function PowerInput({
  powers,
  value,
  onChange,
}: {
  powers: Powers;
  value: number;
  onChange: (watts: number) => void;
}) {
  if (powers.kind === "levels") {
    return (
      <NativeSelect
        label="Power"
        value={String(value)}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
        data={[0, ...powers.watts].map((level) => ({
          value: String(level),
          label: level === 0 ? "off" : watts(level),
        }))}
      />
    );
  }
  return (
    <NumberInput
      label="Power"
      suffix=" W"
      min={powers.min}
      max={powers.max}
      step={powers.step}
      clampBehavior="blur"
      value={value}
      onChange={(next) => next !== "" && onChange(Number(next))}
    />
  );
}
