import "./mantine.ts";
import "./styles.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { type ComponentType, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Login } from "./login/Login.tsx";
import { LoginGate } from "./login/LoginGate.tsx";
import { theme } from "./theme.ts";

/**
 * Shows the pages of one of our servers in its document.
 * @param Entrance stands before them while the server wants to know who comes
 */
export function showPages(router: AnyRouter, Entrance: ComponentType = Login): void {
  const root = document.querySelector("#root");
  if (!root) throw new Error("the document has no element #root");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <LoginGate Entrance={Entrance}>
            <RouterProvider router={router} />
          </LoginGate>
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
