import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api, type Config } from "../api.ts";

export const configKey = ["config"] as const;
/** What a search found; which of it the site has already changes with the configuration. */
export const scanKey = ["scan"] as const;

/** hearth.yaml as it is now; somebody else may change it at any time. */
export const useConfig = () =>
  useQuery({
    queryKey: configKey,
    queryFn: (): Promise<Config> => answered(api.GET("/api/v1/config")),
    refetchOnWindowFocus: "always",
  });

/** Shows a configuration that a change answered with, at once. */
export function useShowConfig(): (config: Config) => void {
  const client = useQueryClient();
  return (config) => {
    client.setQueryData(configKey, config);
    void client.invalidateQueries({ queryKey: scanKey });
  };
}

/** Names the version that a change is made to, so that nobody's change is lost. */
export const onlyIf = ({ etag }: Config) => ({ "if-match": etag });

export const undoConfig = (config: Config): Promise<Config> =>
  answered(api.POST("/api/v1/config/undo", { params: { header: onlyIf(config) } }));
