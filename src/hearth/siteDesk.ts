import type {
  DeviceTest,
  DeviceTestRequest,
  DriverList,
  ScanRequest,
  ScanView,
  VirtualHomeView,
} from "../wire/index.ts";
import type { ConfigDesk } from "./config/configDesk.ts";

/** What an owner arranges, beside what the site itself is asked. */
export interface SiteDesk {
  readonly config: ConfigDesk;
  drivers(): DriverList;
  testDevice(request: DeviceTestRequest): Promise<DeviceTest>;
  readonly scan: ScanDesk;
  readonly virtualHome: VirtualHomeDesk;
}

/** Searching the network for devices: one search at a time. Faults: `scan/…` for what may not be searched. */
export interface ScanDesk {
  view(): Promise<ScanView>;
  /** A search that runs already is ended. */
  start(request: ScanRequest): Promise<ScanView>;
  stop(): Promise<ScanView>;
}

/** Whether a virtual home is shown. Faults: `api/conflict` where it may not be opened or closed. */
export interface VirtualHomeDesk {
  view(): VirtualHomeView;
  /** Begins to open it. */
  enter(): VirtualHomeView;
  leave(): Promise<VirtualHomeView>;
}
