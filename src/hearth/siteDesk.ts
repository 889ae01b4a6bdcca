import type { DeviceTest, DeviceTestRequest, DriverList, VirtualHomeView } from "../wire/index.ts";
import type { ConfigDesk } from "./config/configDesk.ts";

/** What an owner arranges, beside what the site itself is asked. */
export interface SiteDesk {
  readonly config: ConfigDesk;
  drivers(): DriverList;
  testDevice(request: DeviceTestRequest): Promise<DeviceTest>;
  readonly virtualHome: VirtualHomeDesk;
}

/** Whether a virtual home is shown. Faults: `api/conflict` where it may not be opened or closed. */
export interface VirtualHomeDesk {
  view(): VirtualHomeView;
  /** Begins to open it. */
  enter(): VirtualHomeView;
  leave(): Promise<VirtualHomeView>;
}
