import { useQuery } from "@tanstack/react-query";
import { answered } from "../../asking.ts";
import { api } from "../api.ts";

export const machinesKey = ["machines"] as const;

/** The machines that whoever looks may see: an operator all, others their own. */
export const useMachines = () =>
  useQuery({
    queryKey: machinesKey,
    queryFn: () => answered(api.GET("/api/v1/providers")),
  });
