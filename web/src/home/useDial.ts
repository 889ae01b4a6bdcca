import { type KeyboardEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import {
  afterKey,
  celsiusSteps,
  dialSize,
  dragged,
  fractionOf,
  fractionTowards,
  pointAt,
  ringRadius,
  type Scale,
  snapped,
  stepped,
  valueAt,
} from "./dialGeometry.ts";

interface DialControl {
  readonly wanted: number;
  readonly scale: Scale;
  readonly onTurn: (wanted: number) => void;
  readonly onLetGo: () => void;
}

/** How far from the knob a finger may land, and how far from the ring a mouse, in the drawing's units. */
const reach = { finger: 30, mouse: 30 };

/** Turns a dial by pointer, wheel and keys. A finger has to take the knob, so that scrolling past turns nothing. */
export function useDial({ wanted, scale, onTurn, onLetGo }: DialControl) {
  const [svg, attach] = useState<SVGSVGElement | null>(null);
  const [isTurning, setTurning] = useState(false);
  const fraction = useRef(0);
  const isHeld = useRef(false);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (document.activeElement !== svg || event.deltaY === 0) return;
    event.preventDefault();
    const step = event.altKey ? celsiusSteps.fine : celsiusSteps.normal;
    onTurn(stepped(wanted, event.deltaY < 0 ? 1 : -1, step, scale));
  });
  useEffect(() => {
    const turn = (event: WheelEvent) => onWheel(event);
    const whole = svg?.parentElement;
    whole?.addEventListener("wheel", turn, { passive: false });
    return () => whole?.removeEventListener("wheel", turn);
  }, [svg]);

  const turnTo = (next: number, altKey: boolean) => {
    fraction.current = next;
    onTurn(snapped(valueAt(next, scale), altKey ? celsiusSteps.fine : celsiusSteps.normal, scale));
  };

  const turnByPointer = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !svg) return;
      const at = fromCentre(svg, event);
      const held = fractionOf(wanted, scale);
      const knob = pointAt(held, ringRadius);
      const half = dialSize / 2;
      const fromKnob = Math.hypot(at.x + half - knob.x, at.y + half - knob.y);
      const fromRing = Math.abs(Math.hypot(at.x, at.y) - ringRadius);
      const isTaken = fromKnob < reach.finger || (event.pointerType === "mouse" && fromRing < reach.mouse);
      if (!isTaken) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      svg.focus({ preventScroll: true });
      event.preventDefault();
      isHeld.current = true;
      setTurning(true);
      if (fromKnob < reach.finger) fraction.current = held;
      else turnTo(fractionTowards(at), event.altKey);
    },
    onPointerMove(event: PointerEvent) {
      if (!isHeld.current || !svg) return;
      turnTo(dragged(fraction.current, fractionTowards(fromCentre(svg, event))), event.altKey);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };

  const turnByKeys = {
    onKeyDown(event: KeyboardEvent<SVGSVGElement>) {
      if (event.ctrlKey || event.metaKey) return;
      const next = afterKey(event, wanted, scale);
      if (next === undefined) return;
      event.preventDefault();
      onTurn(next);
    },
  };

  function letGo() {
    if (!isHeld.current) return;
    isHeld.current = false;
    setTurning(false);
    onLetGo();
  }

  return { attach, isTurning, turnByPointer, turnByKeys };
}

/** Where a pointer is, in the drawing's units from the dial's centre. */
function fromCentre(svg: SVGSVGElement, { clientX, clientY }: PointerEvent) {
  const box = svg.getBoundingClientRect();
  const unit = dialSize / box.width;
  return {
    x: (clientX - box.left - box.width / 2) * unit,
    y: (clientY - box.top - box.height / 2) * unit,
  };
}
