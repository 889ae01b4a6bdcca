/** Weather of some time, measured or foretold. */
export interface Weather {
  readonly outdoorC: number;
  /** Global radiation on the horizontal, mean W/m². */
  readonly globalWm2: number;
  /** On a plane that faces the sun, mean W/m². */
  readonly directNormalWm2: number;
  /** From the sky on the horizontal, mean W/m². */
  readonly diffuseWm2: number;
}
