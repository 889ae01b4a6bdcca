import { Button, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answered, api, type Site } from "../api.ts";
import { useShowSite } from "../useSite.ts";
import { useVirtualHome } from "../useVirtualHome.ts";
import { Problem } from "./Problem.tsx";

const speeds = [1, 10, 30, 60];

/** Marks a home that is simulated, and sets how fast its time runs. */
export function VirtualRibbon({ speed }: { speed: number }) {
  const show = useShowSite();
  const { data: home } = useVirtualHome();
  const change = useMutation({
    mutationFn: (next: number): Promise<Site> =>
      answered(api.PUT("/api/v1/demo/speed", { body: { speed: next } })),
    onSuccess: show,
  });
  const leave = useMutation({
    mutationFn: () => answered(api.DELETE("/api/v1/virtual-home")),
    onSuccess: () => location.reload(),
  });
  const offered = speeds.includes(speed) ? speeds : [...speeds, speed].toSorted((a, b) => a - b);
  return (
    <aside className="ribbon" aria-label="Virtual home">
      <p>
        <strong>Virtual home</strong>
        <span className="wide-only">
          {" "}
          · time runs {speed}×{home?.canLeave === false && " · ends where it was started"}
        </span>
      </p>
      <SegmentedControl
        size="xs"
        radius="xl"
        withItemsBorders={false}
        aria-label="How fast time runs"
        value={String(change.isPending ? change.variables : speed)}
        onChange={(value) => change.mutate(Number(value))}
        data={offered.map((factor) => ({ value: String(factor), label: `${factor}×` }))}
      />
      {home?.canLeave && (
        <Button size="compact-sm" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          Leave
        </Button>
      )}
      <Problem
        error={change.error ?? leave.error}
        onDismiss={() => {
          change.reset();
          leave.reset();
        }}
      />
    </aside>
  );
}
