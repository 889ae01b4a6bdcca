import "./mantine.ts";
import "./styles.css";
import "./home/home.css";
import "./home/heaters.css";
import "./home/history.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Home } from "./home/Home.tsx";
import { Mishap } from "./home/Mishap.tsx";
import { theme } from "./theme.ts";

const client = new QueryClient();
const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no element #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Mishap>
          <Home />
        </Mishap>
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
