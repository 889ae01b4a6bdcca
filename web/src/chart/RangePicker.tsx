import { ActionIcon, Button, Popover, SegmentedControl, Tooltip } from "@mantine/core";
import {
  IconCalendar,
  IconChevronLeft,
  IconChevronRight,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { useState } from "react";
import type { Site } from "../api.ts";
import { CustomRange } from "./CustomRange.tsx";
import { presets, type RangeSearch, rangeSearch, searchOf } from "./rangeSearch.ts";
import { rangeWords } from "./rangeWords.ts";
import { moved, type TimeRange, zoomed } from "./timeRange.ts";

interface RangePickerProps {
  readonly site: Site;
  readonly search: RangeSearch;
  readonly range: TimeRange;
  readonly onSearch: (search: RangeSearch) => void;
}

/** Chooses the time that is shown: up to now, between two times, earlier, later, closer. */
export function RangePicker({ site, search, range, onSearch }: RangePickerProps) {
  const [isOpen, open] = useState(false);
  const now = Date.parse(site.now) / 1000;
  const isCustom = search.from !== undefined;
  const atEnd = range.to >= now - 1;
  const steps = [
    { name: "Earlier", Icon: IconChevronLeft, range: moved(range, -0.5, now), off: false },
    { name: "Later", Icon: IconChevronRight, range: moved(range, 0.5, now), off: atEnd },
    { name: "Zoom in", Icon: IconZoomIn, range: zoomed(range, 0.5, now), off: range.to - range.from <= 300 },
    { name: "Zoom out", Icon: IconZoomOut, range: zoomed(range, 2, now), off: false },
  ];

  return (
    <div className="range">
      <SegmentedControl
        radius="xl"
        withItemsBorders={false}
        aria-label="Time shown"
        value={isCustom ? "custom" : (search.range ?? "24h")}
        onChange={(value) => onSearch(rangeSearch({ range: value }))}
        data={presets.map(({ key, label }) => ({ value: key, label }))}
      />
      <Popover opened={isOpen} onChange={open} trapFocus returnFocus withArrow shadow="md">
        <Popover.Target>
          <Button
            variant={isCustom ? "light" : "default"}
            leftSection={<IconCalendar size={18} aria-hidden="true" />}
            onClick={() => open(!isOpen)}
          >
            {isCustom ? rangeWords(range, now, site.timezone) : "Custom…"}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="A time of your own">
          <CustomRange
            range={range}
            timezone={site.timezone}
            onRange={(next) => {
              open(false);
              onSearch(searchOf(next));
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <div className="range-steps">
        {steps.map(({ name, Icon, range: next, off }) => (
          <Tooltip key={name} label={name} openDelay={500}>
            <ActionIcon
              variant="default"
              size={36}
              radius="xl"
              aria-label={name}
              disabled={off}
              onClick={() => onSearch(searchOf(next))}
            >
              <Icon size={20} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}
