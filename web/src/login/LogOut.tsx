import { ActionIcon } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { fetchSession, logOut, sessionKey } from "./session.ts";

/** Ends this browser's session; nothing where there is none to end. */
export function LogOut() {
  const { data } = useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: Infinity });
  if (data?.grant?.by !== "session") return null;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      radius="xl"
      aria-label="Log out"
      onClick={() => void logOut()}
    >
      <IconLogout size={22} />
    </ActionIcon>
  );
}
