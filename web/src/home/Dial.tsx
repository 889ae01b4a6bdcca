import { type ReactNode, type Ref, useId } from "react";
import { celsius } from "../format.ts";
import { arc, dialSize, fractionOf, pointAt, pointer, ringRadius, type Scale, tick } from "./dialGeometry.ts";
import { useDial } from "./useDial.ts";
import "./dial.css";

export interface DialProps {
  readonly label: string;
  /** The temperature wanted, °C. */
  readonly wanted: number;
  readonly now: number | null;
  readonly bandK: number;
  readonly scale: Scale;
  /** How much it heats, 0 to 1. */
  readonly glow: number;
  readonly onTurn: (wanted: number) => void;
  readonly onLetGo: () => void;
  readonly children: ReactNode;
  readonly ref?: Ref<SVGSVGElement>;
}

/** A ring that shows the temperature now and wanted, and that one can turn. */
export function Dial({ label, wanted, now, bandK, scale, glow, onTurn, onLetGo, children, ref }: DialProps) {
  const ember = useId();
  const dial = useDial({ wanted, scale, onTurn, onLetGo });
  const at = (temperature: number) => fractionOf(temperature, scale);
  const knob = pointAt(at(wanted), ringRadius);
  return (
    <div className="dial" data-turning={dial.isTurning || undefined}>
      <div className="dial-glow" style={{ opacity: glow }} data-lit={glow > 0.02 || undefined} />
      <svg
        ref={(svg) => {
          dial.attach(svg);
          if (typeof ref === "function") ref(svg);
          else if (ref) ref.current = svg;
        }}
        className="dial-ring"
        viewBox={`0 0 ${dialSize} ${dialSize}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot be a ring
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={scale.min}
        aria-valuemax={scale.max}
        aria-valuenow={wanted}
        aria-valuetext={celsius(wanted)}
        aria-orientation="horizontal"
        {...dial.turnByPointer}
        {...dial.turnByKeys}
      >
        <defs>
          <linearGradient id={ember} gradientUnits="userSpaceOnUse" x1="30" y1="230" x2="290" y2="120">
            <stop offset="0" className="dial-cool" />
            <stop offset="0.55" className="dial-warm" />
            <stop offset="1" className="dial-hot" />
          </linearGradient>
        </defs>
        <circle className="dial-focus" cx={dialSize / 2} cy={dialSize / 2} r={dialSize / 2 - 2} />
        <Marks scale={scale} />
        <path className="dial-track" d={arc(0, 1)} />
        <path className="dial-fill" stroke={`url(#${ember})`} d={arc(0, Math.max(0.001, at(wanted)))} />
        <path className="dial-band" d={arc(at(wanted - bandK), at(wanted + bandK), ringRadius + 20)} />
        {now !== null && <path className="dial-now" d={pointer(at(now), ringRadius - 15, 17)} />}
        <circle className="dial-knob" cx={knob.x} cy={knob.y} r={17} />
        <circle className="dial-knob-dot" cx={knob.x} cy={knob.y} r={5} />
      </svg>
      <div
        className="dial-grip"
        style={{ left: `${(knob.x / dialSize) * 100}%`, top: `${(knob.y / dialSize) * 100}%` }}
        {...dial.turnByPointer}
      />
      <div className="dial-centre">{children}</div>
    </div>
  );
}

/** On a scale as wide as a tank's, single degrees are too many. */
const mostMarks = 40;

function Marks({ scale }: { scale: Scale }) {
  const first = Math.ceil(scale.min);
  const degrees = Array.from({ length: Math.floor(scale.max) - first + 1 }, (_, index) => first + index);
  const marks = degrees.length > mostMarks ? degrees.filter((mark) => mark % 5 === 0) : degrees;
  return (
    <g aria-hidden="true">
      {marks.map((mark) => (
        <path
          key={mark}
          className={mark % 5 === 0 ? "dial-mark dial-mark-five" : "dial-mark"}
          d={tick(fractionOf(mark, scale), ringRadius - (mark % 5 === 0 ? 26 : 22), ringRadius - 18)}
        />
      ))}
    </g>
  );
}
