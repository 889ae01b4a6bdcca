import { groundByHour, type WeatherYear } from "../weather/weatherYear.ts";
import { airChangesByHour, airWattsPerKelvin, type EnclosedZone } from "./building.ts";
import { type Facet, paneFacet, wallFacet } from "./facets.ts";
import { diffuseModifier } from "./glazing.ts";
import { type Facades, solarGains } from "./solarGains.ts";
import { opaqueSurfaces, panesOf } from "./surfaces.ts";
import type { ZoneModel } from "./zoneModel.ts";

const stepsPerHour = 4;
const stepSeconds = 3600 / stepsPerHour;
/** ISO 52016-1, table B.11: internal gains to the air; the rest radiates. */
const internalConvective = 0.4;
/** Of inner surfaces for sunlight. */
const innerAbsorptance = 0.6;
/** Of the air and what follows it at once, J/(m²K) of floor (ISO 52016-1, table B.17). */
const airAndFurniture = 10_000;

/**
 * A zone with every surface by itself, in the manner of ISO 52016-1: walls as columns of cells, films by wind and by
 * natural convection, long waves between surfaces by a radiant star, sunlight first on the floor. Steps of 15 min; films
 * follow hour by hour.
 */
export const surfacesZone: ZoneModel = {
  stepsPerHour,
  open(enclosed, weather, facades) {
    const { hours, outdoorC } = weather;
    const { zone, site } = enclosed;
    const facets = facetsOf(enclosed, weather, facades);
    const solar = solarGains(enclosed, facades, hours);
    const perChange = airWattsPerKelvin(site.altitudeM ?? weather.place.altitudeM) * zone.volumeM3;
    const ventilation = airChangesByHour(enclosed).map((changes) => changes * perChange);
    const inertia = (airAndFurniture * zone.floorAreaM2) / stepSeconds;
    let air = outdoorC[0] ?? 10;
    let [sun, toStar, free, perWatt] = [0, 0, air, 0];
    let fixed = inertiaFree(0, 0, 0);
    let balance = { airAir: 0, airStar: 0, starStar: 0 };
    return {
      begin(hour, step) {
        const change = ventilation[hour % 24] ?? 0;
        if (step === 0) {
          sun = solar[hour] ?? 0;
          fixed = inertiaFree(zone.internalGainW, change, outdoorC[hour] ?? 0);
          balance = balanceOf(facets, hour, air);
        }
        let toAir = inertia * air + fixed.toAir;
        ({ toStar } = fixed);
        for (const facet of facets) {
          const still = facet.begin(hour, sun);
          toAir += facet.areaM2 * facet.convective * still;
          toStar += facet.areaM2 * facet.radiative * still;
        }
        const airAir = inertia + change + balance.airAir;
        const determinant = airAir * balance.starStar - balance.airStar ** 2;
        perWatt = balance.starStar / determinant;
        free = (toAir * balance.starStar + toStar * balance.airStar) / determinant;
      },
      freeC: () => free,
      perWatt: () => perWatt,
      end(intoAir) {
        air = free + intoAir * perWatt;
        const star = (toStar + balance.airStar * air) / balance.starStar;
        for (const facet of facets) facet.end(air, star, sun);
        return air;
      },
    };
  },
};

const inertiaFree = (internalW: number, change: number, outdoor: number) => ({
  toAir: change * outdoor + internalConvective * internalW,
  toStar: (1 - internalConvective) * internalW,
});

/** Sets this hour's films and gives the coefficients of the two balances, of the air and of the radiant star, W/K. */
function balanceOf(facets: readonly Facet[], hour: number, airC: number) {
  let [airAir, airStar, starStar] = [0, 0, 0];
  for (const facet of facets) {
    facet.setFilms(hour, airC);
    const { areaM2, convective, radiative, slope } = facet;
    const film = convective + radiative;
    airAir += areaM2 * convective * (1 - (slope * convective) / film);
    airStar += (areaM2 * convective * slope * radiative) / film;
    starStar += areaM2 * radiative * (1 - (slope * radiative) / film);
  }
  return { airAir, airStar, starStar };
}

function facetsOf(building: EnclosedZone, weather: WeatherYear, facades: Facades): readonly Facet[] {
  const { opaque, windows, zone } = building;
  const sunPerM2 = sunShares(building);
  const ground = groundByHour(weather);
  const walls = opaqueSurfaces(building).map((surface, index) => {
    const part = opaque[index];
    const { tiltDeg = 90, absorptance = 0, adjacent = "outside" } = part ?? {};
    const year = part && adjacent === "outside" ? facades(part) : undefined;
    const shine = year && { year, absorptance };
    const isGrounded = adjacent === "ground" && zone.groundCoupled;
    return wallFacet(weather, surface, {
      stepSeconds,
      sunPerM2: sunPerM2[index] ?? 0,
      ...(isGrounded ? { groundC: (hour: number) => ground[hour] ?? 0 } : {}),
      ...(shine ? { shine, tiltDeg } : {}),
    });
  });
  return [...walls, ...panesOf({ windows }).map((pane) => paneFacet(weather, pane))];
}

/**
 * Where sunlight that is let in ends, per m² of each opaque part: first on the floor, what that throws back on all
 * surfaces alike, and some of it leaves by the windows again.
 */
function sunShares({ opaque, windows }: EnclosedZone): readonly number[] {
  const isFloor = opaque.map(({ tiltDeg }) => tiltDeg > 135);
  const floor = opaque.reduce((sum, { areaM2 }, index) => sum + (isFloor[index] ? areaM2 : 0), 0);
  const inner = opaque.reduce((sum, { areaM2 }) => sum + areaM2, 0);
  const escaping = windows.reduce((sum, { areaM2, uValue }) => sum + areaM2 * escapes(uValue), 0);
  const absorbing = innerAbsorptance * inner + escaping;
  const first = floor > 0 ? innerAbsorptance : 0;
  const spread = absorbing > 0 ? ((1 - first) * innerAbsorptance) / absorbing : 0;
  return isFloor.map((is) => spread + (is && floor > 0 ? first / floor : 0));
}

/** Of daylight that meets panes from inside: what they let out, and half of what they absorb. */
const leavesThroughPanes = 0.77;
const escapes = (uValue: number) => leavesThroughPanes * diffuseModifier(uValue);
