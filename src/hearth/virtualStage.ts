import { HearthworkError, messageOf } from "../domain/index.ts";
import type { VirtualHomeView } from "../wire/index.ts";
import type { ConfigDesk } from "./config/configDesk.ts";
import type { SiteService } from "./siteService.ts";

/** A home that is not there: what its rooms and devices are is simulated. */
export interface VirtualHome {
  readonly site: SiteService;
  readonly config: ConfigDesk;
  close(): Promise<void>;
}

/** Opens one; `onProgress` hears the share of the work that is done, `signal` ends it early. */
export type OpenVirtualHome = (options: {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}) => Promise<VirtualHome>;

/** Where a virtual home is shown, or not. */
export interface VirtualStage {
  view(): Omit<VirtualHomeView, "canLeave">;
  home(): VirtualHome | undefined;
  /**
   * Begins to open it, unless it is open or being opened.
   * @throws {HearthworkError} `api/conflict` where it may not be opened
   */
  enter(): void;
  /** Opens it; rejects when it cannot be opened. */
  entered(): Promise<void>;
  leave(): Promise<void>;
}

/** `onChange` is called whenever it opens or closes; `refusal` says why it may not open now. */
export function virtualStage(
  open: OpenVirtualHome,
  { onChange, refusal }: { onChange: () => void; refusal: () => string | undefined },
): VirtualStage {
  let home: VirtualHome | undefined;
  let opening: { readonly done: Promise<void>; readonly aborter: AbortController } | undefined;
  let progress = 0;
  let failure: { readonly thrown: unknown } | undefined;

  function enter(): void {
    if (home || opening) return;
    const why = refusal();
    if (why !== undefined) throw new HearthworkError({ code: "api/conflict", message: why });
    [progress, failure] = [0, undefined];
    const aborter = new AbortController();
    opening = { aborter, done: begin(aborter.signal) };
  }

  async function begin(signal: AbortSignal): Promise<void> {
    const onProgress = (share: number) => (progress = share);
    try {
      const opened = await open({ onProgress, signal });
      if (signal.aborted) await opened.close();
      else home = opened;
    } catch (thrown) {
      if (!signal.aborted) failure = { thrown };
    } finally {
      opening = undefined;
    }
    onChange();
  }

  return {
    home: () => home,
    view() {
      const why = home || opening ? undefined : refusal();
      const state = home
        ? "open"
        : opening
          ? "opening"
          : why !== undefined
            ? "unavailable"
            : failure === undefined
              ? "closed"
              : "failed";
      return {
        state,
        progress: home ? 1 : opening ? progress : 0,
        message: why ?? (failure ? messageOf(failure.thrown) : ""),
      };
    },
    enter,
    async entered() {
      enter();
      await opening?.done;
      if (failure) throw failure.thrown;
    },
    async leave() {
      opening?.aborter.abort();
      await opening?.done;
      const left = home;
      home = undefined;
      onChange();
      await left?.close();
    },
  };
}
