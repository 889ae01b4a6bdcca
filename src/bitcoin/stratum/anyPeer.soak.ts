import { describeAnyPeer } from "./anyPeer.suite.ts";

describeAnyPeer(Number(process.env["HEARTHWORK_FUZZ"] ?? 200_000));
