import type { FacadeYear } from "../weather/facade.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";
import {
  innerConvection,
  lossToSky,
  type Material,
  outerConvection,
  type Pane,
  radiativeFilm,
  skyShare,
  type Surface,
} from "./surfaces.ts";
import { WallColumn } from "./wallColumn.ts";

/** An inner surface in the zone's balance: `Ts = rest + slope · Tz`, with `Tz` what its inner film sees. */
export interface Facet {
  readonly areaM2: number;
  /** Of this hour, W/(m²K). */
  readonly convective: number;
  readonly radiative: number;
  readonly slope: number;
  /** Films of the hour, by the air at its begin, °C. */
  setFilms(hour: number, airC: number): void;
  /** Begins a step: the surface temperature with air and star at 0 °C, under `sunW` let in. */
  begin(hour: number, sunW: number): number;
  end(airC: number, starC: number, sunW: number): void;
}

interface Outside {
  readonly sunPerM2: number;
  readonly stepSeconds: number;
  readonly groundC?: (hour: number) => number;
  readonly tiltDeg?: number;
  readonly shine?: { readonly year: FacadeYear; readonly absorptance: number };
}

/** The temperature at which inner surfaces exchange long waves, °C. */
const indoorC = 20;

/** Of a wall, roof or floor; without `shine` it meets the outdoor air, with `groundC` the ground. */
export function wallFacet(weather: WeatherYear, surface: Surface, outside: Outside): Facet {
  const { sunPerM2, groundC, shine, tiltDeg = 180 } = outside;
  const startC = weather.outdoorC[0] ?? 10;
  const column = new WallColumn(surface, outside.stepSeconds, startC);
  const sky = shine ? skyShare(tiltDeg) : 0;
  const radiative = radiativeFilm("wall", indoorC);
  let surfaceC = startC;
  let rest = 0;
  let outsideC = startC;
  const facet = {
    areaM2: surface.areaM2,
    convective: 0,
    radiative,
    slope: 0,
    setFilms(hour: number, airC: number) {
      const outer = outerFilm(weather, "wall", hour);
      facet.convective = innerConvection(surface.position, surfaceC - airC);
      column.setFilms(facet.convective + radiative, groundC ? 0 : outer);
      facet.slope = column.slope;
      outsideC = groundC ? groundC(hour) : solAir(weather, hour, { material: "wall", outer, sky }, shine);
    },
    begin(_hour: number, sunW: number) {
      rest = column.beginStep(outsideC);
      return rest + (facet.slope * sunPerM2 * sunW) / (facet.convective + radiative);
    },
    end(airC: number, starC: number, sunW: number) {
      const { convective, slope } = facet;
      const seen = (convective * airC + radiative * starC + sunPerM2 * sunW) / (convective + radiative);
      column.endStep(seen);
      surfaceC = rest + slope * seen;
    },
  };
  return facet;
}

export function paneFacet(weather: WeatherYear, pane: Pane): Facet {
  const radiative = radiativeFilm("glass", indoorC);
  let surfaceC = weather.outdoorC[0] ?? 10;
  let rest = 0;
  const facet = {
    areaM2: pane.areaM2,
    convective: 0,
    radiative,
    slope: 0,
    setFilms(hour: number, airC: number) {
      const outer = outerFilm(weather, "glass", hour);
      facet.convective = innerConvection(pane.position, surfaceC - airC);
      const film = facet.convective + radiative;
      const through = 1 / (pane.resistance + 1 / outer);
      facet.slope = film / (film + through);
      rest =
        (1 - facet.slope) *
        solAir(weather, hour, { material: "glass", outer, sky: pane.skyShare }, undefined);
    },
    begin: () => rest,
    end(airC: number, starC: number) {
      const { convective, slope } = facet;
      surfaceC = rest + (slope * (convective * airC + radiative * starC)) / (convective + radiative);
    },
  };
  return facet;
}

const outerFilm = ({ windMs, outdoorC }: WeatherYear, material: Material, hour: number): number =>
  outerConvection(material, windMs[hour] ?? 0) + radiativeFilm(material, outdoorC[hour] ?? 0);

/** What an outer surface sees, as one temperature behind its whole film, °C. */
function solAir(
  { outdoorC, skyInfrared }: WeatherYear,
  hour: number,
  { material, outer, sky }: { readonly material: Material; readonly outer: number; readonly sky: number },
  shine: Outside["shine"],
): number {
  const outdoor = outdoorC[hour] ?? 0;
  const year = shine?.year;
  const sun = year ? (year.beam[hour] ?? 0) + (year.sky[hour] ?? 0) + (year.ground[hour] ?? 0) : 0;
  const toSky = sky * lossToSky(material, outdoor, skyInfrared[hour] ?? 300);
  return outdoor + ((shine?.absorptance ?? 0) * sun - toSky) / outer;
}
