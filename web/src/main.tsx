import "./mantine.ts";
import "./styles.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { LoginGate } from "./login/LoginGate.tsx";
import { router } from "./router.ts";
import { theme } from "./theme.ts";

const client = new QueryClient();
const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no element #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <LoginGate>
          <RouterProvider router={router} />
        </LoginGate>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
