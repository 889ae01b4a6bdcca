import { type Building, buildingSchema } from "../building/building.ts";
import type { Insulation } from "../room.ts";
import type { WeatherYear } from "../weather/weatherYear.ts";

/** A house by what its owner knows of it. */
export interface House {
  readonly floorAreaM2: number;
  readonly insulation: Insulation;
  readonly dayC: number;
  readonly nightC: number;
  /** Undefined: it is not cooled. */
  readonly coolAboveC?: number | undefined;
}

interface Envelope {
  readonly wall: number;
  readonly roof: number;
  readonly floor: number;
  readonly window: number;
  readonly gValue: number;
  readonly airPerHour: number;
}

/** U-values in W/(m²K): as built before 1978, around 2000, and by today's rules with heat recovered from the air. */
const envelopes: Readonly<Record<Insulation, Envelope>> = {
  poor: { wall: 1.3, roof: 0.8, floor: 0.9, window: 2.8, gValue: 0.75, airPerHour: 0.7 },
  average: { wall: 0.45, roof: 0.3, floor: 0.45, window: 1.7, gValue: 0.65, airPerHour: 0.5 },
  good: { wall: 0.16, roof: 0.13, floor: 0.2, window: 0.9, gValue: 0.52, airPerHour: 0.25 },
};

const storeyM = 2.6;
/** Of the floor area, and how it is shared among the sunny side, both flanks and the shady side. */
const glazing = { perFloor: 0.18, sunny: 0.45, flank: 0.2, shady: 0.15 } as const;
const internalWattsPerM2 = 3;

/** A detached house of two storeys, square, with its windows towards the sun. */
function houseBuilding(house: House, latitude: number): Building {
  const { floorAreaM2, insulation, dayC, nightC, coolAboveC } = house;
  const envelope = envelopes[insulation];
  const footprint = floorAreaM2 / 2;
  const facade = Math.sqrt(footprint) * 2 * storeyM;
  const glass = glazing.perFloor * floorAreaM2;
  const sunny = latitude < 0 ? 0 : 180;
  const sides = [
    { azimuthDeg: sunny, share: glazing.sunny },
    { azimuthDeg: 90, share: glazing.flank },
    { azimuthDeg: 270, share: glazing.flank },
    { azimuthDeg: 180 - sunny, share: glazing.shady },
  ];
  const setpoints = [
    { hours: "6-22", setpointC: dayC },
    { hours: "22-6", setpointC: nightC },
  ];
  return buildingSchema.parse({
    zone: {
      floorAreaM2,
      volumeM3: floorAreaM2 * storeyM,
      infiltrationPerHour: envelope.airPerHour,
      internalGainW: internalWattsPerM2 * floorAreaM2,
    },
    opaque: [
      ...sides.map(({ azimuthDeg, share }) => ({
        areaM2: Math.max(0, facade - share * glass),
        uValue: envelope.wall,
        azimuthDeg,
      })),
      { areaM2: footprint, uValue: envelope.roof, tiltDeg: 0 },
      { areaM2: footprint, uValue: envelope.floor, tiltDeg: 180, adjacent: "ground" },
    ],
    windows: sides.map(({ azimuthDeg, share }) => ({
      areaM2: share * glass,
      uValue: envelope.window,
      gValue: envelope.gValue,
      azimuthDeg,
    })),
    heating: { setpoints },
    cooling: coolAboveC === undefined ? "off" : { setpoints: coolAboveC },
  });
}

/** The building of a home: as its file gives it, or as its house is described. */
export const homeBuilding = (
  { house, building }: { readonly house?: House | undefined; readonly building?: Building | undefined },
  weather: WeatherYear,
): Building => building ?? houseBuilding(house ?? ordinaryHouse, weather.place.latitude);

const ordinaryHouse: House = { floorAreaM2: 120, insulation: "average", dayC: 20.5, nightC: 18 };
