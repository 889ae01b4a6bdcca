import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { plainAddress } from "./access/caller.ts";

interface Guest {
  readonly socket: Socket;
  /** How often it has asked. */
  asked: number;
  /** How many of its requests are not answered yet. */
  waiting: number;
  /** It speaks another protocol by now. */
  isTakenOver: boolean;
}

/** From so many requests on a connection has had its turn. */
const turn = 2;

/**
 * So that one device alone cannot take every connection, nor one program every connection of its device: where an
 * address has all that it may, a new one takes the place of the one that has asked most, resting ones first. While
 * none of them has asked twice the new one is refused.
 * @param exempt addresses that stand for many
 */
export function limitEachAddress(server: Server, limit: number, exempt: readonly string[]): void {
  const open = new Map<string, Map<number, Guest>>();
  const guestOf = ({ remoteAddress = "", remotePort = 0 }: Socket) =>
    open.get(plainAddress(remoteAddress))?.get(remotePort);

  server.on("connection", (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? "");
    const port = socket.remotePort ?? 0;
    if (exempt.includes(address)) return;
    const guests = open.get(address) ?? new Map<number, Guest>();
    if (guests.size >= limit) {
      const busiest = busiestOf([...guests.values()]);
      if (!busiest) {
        socket.destroy();
        return;
      }
      guests.delete(busiest.socket.remotePort ?? 0);
      busiest.socket.destroy();
    }
    const guest: Guest = { socket, asked: 0, waiting: 0, isTakenOver: false };
    guests.set(port, guest);
    open.set(address, guests);
    socket.once("close", () => {
      if (guests.get(port) === guest) guests.delete(port);
      if (guests.size === 0 && open.get(address) === guests) open.delete(address);
    });
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const guest = guestOf(socket);
    if (!guest) return;
    guest.asked++;
    guest.waiting++;
    response.once("close", () => guest.waiting--);
  });
  server.on("upgrade", ({ socket }: IncomingMessage) => {
    const guest = guestOf(socket);
    if (guest) guest.isTakenOver = true;
  });
}

function busiestOf(guests: readonly Guest[]): Guest | undefined {
  const fair = guests.filter(({ asked, isTakenOver }) => asked >= turn && !isTakenOver);
  const resting = fair.filter(({ waiting }) => waiting === 0);
  return (resting.length > 0 ? resting : fair).toSorted((one, other) => other.asked - one.asked)[0];
}
