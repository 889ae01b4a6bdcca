import { describeAnyReply } from "./rpcReply.suite.ts";

describeAnyReply(Number(process.env["HEARTHWORK_FUZZ"] ?? 200_000));
