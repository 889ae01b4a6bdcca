import { useQuery } from "@tanstack/react-query";
import { answered, api, type PlanStatus, type Site } from "../api.ts";

const askEveryMs = { virtual: 5_000, real: 60_000 };

/** The plan of the next day, as it is renewed. */
export const usePlan = (site: Site) =>
  useQuery({
    queryKey: ["plan"],
    queryFn: (): Promise<PlanStatus> => answered(api.GET("/api/v1/plan")),
    refetchInterval: site.virtual ? askEveryMs.virtual : askEveryMs.real,
  });
