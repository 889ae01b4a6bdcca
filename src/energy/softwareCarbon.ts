export interface SoftwareCarbon {
  /** E·I: what was drawn for computing, each kWh at the mean of what the grid emitted then, kg CO₂e. */
  readonly operationalKg: number;
  /** M: the share of what making the devices emitted, kg CO₂e. */
  readonly embodiedKg: number;
  /** R: units of what was computed. */
  readonly units: number;
}

/**
 * Software Carbon Intensity (E·I + M) / R, kg CO₂e per unit (ISO/IEC 21031); undefined where nothing was computed. It
 * knows nothing of heat: what heat displaced would be an avoided emission, and those do not lower it.
 */
export const softwareCarbonIntensity = ({
  operationalKg,
  embodiedKg,
  units,
}: SoftwareCarbon): number | undefined => (units > 0 ? (operationalKg + embodiedKg) / units : undefined);
