interface Cells {
  readonly outdoorC: string;
  readonly skyInfrared: string;
  readonly directNormal: string;
}

/** A year that is the same every day: 5 °C, sun from 8 to 16 o'clock. */
export function sampleEpw(cells: Partial<Cells> = {}): string {
  const { outdoorC = "5.0", skyInfrared = "280", directNormal } = cells;
  const lines = Array.from({ length: 8760 }, (_, hour) => {
    const isDay = hour % 24 >= 8 && hour % 24 < 16;
    const line = Array.from({ length: 35 }, () => "0");
    line[6] = outdoorC;
    line[7] = "1.0";
    line[8] = "80";
    line[12] = skyInfrared;
    line[14] = directNormal ?? (isDay ? "500" : "0");
    line[15] = isDay ? "100" : "0";
    line[21] = "3.0";
    line[23] = "5";
    return line.join(",");
  });
  const ground = (depth: number, celsius: number) =>
    [depth, "", "", "", ...Array.from({ length: 12 }, () => celsius)].join(",");
  return [
    "LOCATION,Sampletown,XX,XXX,TEST,000000,52.5,13.4,1.0,34.0",
    "DESIGN CONDITIONS,0",
    "TYPICAL/EXTREME PERIODS,0",
    `GROUND TEMPERATURES,2,${ground(0.5, 8)},${ground(2, 9)}`,
    "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
    "COMMENTS 1,",
    "COMMENTS 2,",
    "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
    ...lines,
  ].join("\n");
}
