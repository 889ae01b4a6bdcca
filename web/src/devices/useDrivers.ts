import { useQuery } from "@tanstack/react-query";
import { answered, api } from "../api.ts";

/** The kinds of devices that can be configured, and the keys of each. */
export const useDrivers = () =>
  useQuery({
    queryKey: ["drivers"],
    queryFn: () => answered(api.GET("/api/v1/drivers")),
    staleTime: Infinity,
  });
