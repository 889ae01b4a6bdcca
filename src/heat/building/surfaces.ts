import { type EnclosedZone, massOf, type OpaqueElement } from "./building.ts";

const stefanBoltzmann = 5.670374e-8;
/** For long waves: of ordinary surfaces (ISO 6946, A.1), of glass without a coating (EN 673). */
const emissivity = { wall: 0.9, glass: 0.837 } as const;
/** What a surface is of, as far as its films care. */
export type Material = keyof typeof emissivity;

/** Long-wave exchange round this temperature, W/(m²K): 4 ε σ T³. */
export const radiativeFilm = (material: Material, celsius: number): number =>
  4 * emissivity[material] * stefanBoltzmann * (celsius + 273.15) ** 3;

/** Radiated to a sky that sends `infrared` W/m² back, beyond what surroundings at the air's temperature would, W/m². */
export const lossToSky = (material: Material, outdoorC: number, infrared: number): number =>
  emissivity[material] * (stefanBoltzmann * (outdoorC + 273.15) ** 4 - infrared);

/**
 * Natural convection at an inner surface, W/(m²K), by how much warmer than the air it is, K: Walton's for walls, and
 * for floors and ceilings by whether the warm side lies below (TARP, 1983; EnergyPlus' Engineering Reference).
 */
export function innerConvection(position: Position, warmerByK: number): number {
  const cubeRoot = Math.cbrt(Math.max(0.1, Math.abs(warmerByK)));
  if (position === "wall") return 1.31 * cubeRoot;
  const rises = position === "floor" ? warmerByK > 0 : warmerByK < 0;
  return (rises ? 1.52 : 0.76) * cubeRoot;
}

/** Wind at a house is less than at the weather station's 10 m over open country (power law, 0.14, at 2 m). */
const windAtHouse = 0.8;

/** How much more wind takes from a surface of medium roughness than from glass (DOE-2; EnergyPlus' Engineering Reference). */
const roughness = { glass: 1, wall: 1.67 } as const;
/** Natural convection outside, W/(m²K), at a kelvin or two of difference. */
const stillAir = 1.5;

/**
 * Convection outside, W/(m²K), by the station's wind: measured on windows (MoWiTT, Yazdanian & Klems 1994), the mean of
 * the windward and the leeward side, since a window may face either.
 */
export function outerConvection(material: Material, windMs: number): number {
  const wind = windAtHouse * windMs;
  const forced = (3.26 * wind ** 0.89 + 3.55 * wind ** 0.617) / 2;
  const onGlass = Math.hypot(stillAir, forced);
  return stillAir + roughness[material] * (onGlass - stillAir);
}

/**
 * The share of the sky in what a tilted surface radiates to; the rest of its half sphere has the air's temperature
 * (Walton 1983: the sky near the horizon is as warm as the air).
 */
export const skyShare = (tiltDeg: number): number => ((1 + Math.cos((tiltDeg * Math.PI) / 180)) / 2) ** 1.5;

/** The films that a U-value counts, m²K/W: ISO 6946, table 7. */
const declaredFilms = { ceiling: 0.1, wall: 0.13, floor: 0.17, outside: 0.04 } as const;

/** Where heavy mass sits: concrete slabs above and below, masonry beside; J/(m³K) and W/(mK). */
const heavy: Readonly<Record<Position, Layer>> = {
  floor: { joulesPerM3K: 1.4e6, wattsPerMK: 1.13 },
  ceiling: { joulesPerM3K: 1.4e6, wattsPerMK: 1.13 },
  wall: { joulesPerM3K: 1.4e6, wattsPerMK: 0.51 },
};

/** Below this the heat storing layer is a thin lining of board, J/(m²K), of this conductivity, W/(mK). */
const lining = { upTo: 30_000, joulesPerM3K: 0.8e6, wattsPerMK: 0.16 } as const;

interface Layer {
  readonly joulesPerM3K: number;
  readonly wattsPerMK: number;
}

export type Position = "ceiling" | "wall" | "floor";

/** A surface that faces the zone and what lies behind it: a layer that stores heat, then insulation. */
export interface Surface {
  readonly areaM2: number;
  readonly position: Position;
  /** J/(m²K). */
  readonly capacity: number;
  /** Of the storing layer, m²K/W. */
  readonly layerResistance: number;
  /** Between the storing layer and the outer surface, m²K/W. */
  readonly insulation: number;
}

const positionOf = (tiltDeg: number): Position =>
  tiltDeg < 45 ? "ceiling" : tiltDeg > 135 ? "floor" : "wall";

/** What a part's U-value leaves for the construction itself, m²K/W. */
function constructionResistance(tiltDeg: number, uValue: number): number {
  return Math.max(0.01, 1 / uValue - declaredFilms[positionOf(tiltDeg)] - declaredFilms.outside);
}

/**
 * The surfaces of a building's opaque parts. Where its mass sits is told only by its amount and its effective area, so
 * it lies on floors first, then on walls, then on ceilings, evenly, until that area is covered; the rest is light.
 */
export function opaqueSurfaces(building: EnclosedZone): readonly Surface[] {
  const capacities = spreadMass(building);
  return building.opaque.map((part, index) => {
    const position = positionOf(part.tiltDeg);
    const capacity = capacities[index] ?? 0;
    const whole = constructionResistance(part.tiltDeg, part.uValue);
    const { joulesPerM3K, wattsPerMK } = capacity < lining.upTo ? lining : heavy[position];
    const layerResistance = Math.min(0.6 * whole, capacity / joulesPerM3K / wattsPerMK);
    return {
      areaM2: part.areaM2,
      position,
      capacity,
      layerResistance,
      insulation: whole - layerResistance,
    };
  });
}

const order: readonly Position[] = ["floor", "wall", "ceiling"];
/** Of the mean, J/(m²K), where the mass does not reach: a lining of board. */
const lightShare = 0.1;

function spreadMass(building: EnclosedZone): readonly number[] {
  const { zone, opaque } = building;
  const { capacityJPerM2K, massAreaFactor } = massOf(building);
  const total = capacityJPerM2K * zone.floorAreaM2;
  let left = massAreaFactor * zone.floorAreaM2;
  const covered = new Map<OpaqueElement, number>();
  for (const position of order) {
    const here = opaque.filter(({ tiltDeg }) => positionOf(tiltDeg) === position);
    const area = here.reduce((sum, { areaM2 }) => sum + areaM2, 0);
    const share = area > 0 ? Math.min(1, Math.max(0, left) / area) : 0;
    for (const part of here) covered.set(part, share);
    left -= area * share;
  }
  const weight = (part: OpaqueElement) => part.areaM2 * Math.max(lightShare, covered.get(part) ?? 0);
  const weights = opaque.reduce((sum, part) => sum + weight(part), 0);
  return opaque.map((part) =>
    weights > 0 && part.areaM2 > 0 ? (total * weight(part)) / weights / part.areaM2 : 0,
  );
}

/** A pane as a surface without storage. */
export interface Pane {
  readonly areaM2: number;
  readonly position: Position;
  readonly resistance: number;
  readonly skyShare: number;
}

export const panesOf = ({ windows }: Pick<EnclosedZone, "windows">): readonly Pane[] =>
  windows.map(({ areaM2, uValue, tiltDeg }) => ({
    areaM2,
    position: positionOf(tiltDeg),
    resistance: constructionResistance(tiltDeg, uValue),
    skyShare: skyShare(tiltDeg),
  }));
