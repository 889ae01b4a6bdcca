import type { DeviceTest, DeviceTestRequest, DriverList } from "../wire/index.ts";
import type { ConfigDesk } from "./config/configDesk.ts";

/** What an owner arranges, beside what the site itself is asked. */
export interface SiteDesk {
  readonly config: ConfigDesk;
  drivers(): DriverList;
  testDevice(request: DeviceTestRequest): Promise<DeviceTest>;
}
