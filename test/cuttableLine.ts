import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CuttableLine {
  readonly port: number;
  /** Cuts what runs through it and lets nothing new through. */
  cut(): void;
  /** Bytes vanish, of new connections too, and nobody is told. */
  silence(): void;
  /** Lets new connections through; what was cut or silenced stays so. */
  mend(): void;
  close(): Promise<void>;
}

/** A line to a port of this host that can be cut, as when a server or the network between goes away. */
export async function cuttableLine(toPort: number): Promise<CuttableLine> {
  const sockets = new Set<Socket>();
  let state: "whole" | "cut" | "silent" = "whole";
  const server = createServer((near) => {
    if (state === "cut") {
      near.resetAndDestroy();
      return;
    }
    const ends = state === "silent" ? [near] : [near, connect(toPort, "127.0.0.1")];
    for (const socket of ends) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const end of ends) if (!isSilenced.has(end)) end.destroy();
      });
    }
    const [, far] = ends;
    if (far) near.pipe(far).pipe(near);
  });
  /** A side that ends in silence does not tell the other, just as a dead computer would not. */
  const isSilenced = new WeakSet<Socket>();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const cut = () => {
    state = "cut";
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      state = "silent";
      for (const socket of sockets) {
        isSilenced.add(socket);
        socket.unpipe().pause();
      }
    },
    mend: () => {
      state = "whole";
    },
    async close() {
      cut();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
