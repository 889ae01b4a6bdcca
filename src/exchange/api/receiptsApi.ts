import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { JobId } from "../../domain/index.ts";
import { receiptRoutes, receiptsPage, type SignedReceipt } from "../../wire/index.ts";
import { consumerOf } from "../callers.ts";
import type { JobDesk } from "../jobDesk.ts";
import type { ReceiptDesk } from "../receiptDesk.ts";

export interface ReceiptsApi {
  readonly desk: JobDesk;
  readonly receipts: ReceiptDesk;
}

export function serveReceipts(app: FastifyInstance, { desk, receipts }: ReceiptsApi): void {
  const api = app.withTypeProvider<ZodTypeProvider>();

  api.route({
    ...receiptRoutes.receipt,
    async handler(request) {
      const [job = "", lease = ""] = request.params.id.split("-");
      const { id } = await desk.job(consumerOf(request), JobId(job));
      return parsed(await receipts.ofLease(id, Number(lease)));
    },
  });
  api.route({
    ...receiptRoutes.jobReceipts,
    async handler(request) {
      const { from } = request.query;
      const { id, spec } = await desk.job(consumerOf(request), JobId(request.params.id));
      const lines = await receipts.ofTasks(id, from, receiptsPage);
      const next = from + receiptsPage;
      return { receipts: lines.map(parsed), next: next < spec.tasks ? next : null };
    },
  });
  api.route({
    ...receiptRoutes.jobReceiptsFile,
    async handler(request, reply) {
      const { id, spec } = await desk.job(consumerOf(request), JobId(request.params.id));
      return send(reply, id, linesOf(receipts, id, spec.tasks));
    },
  });
}

const send = (reply: FastifyReply, job: JobId, lines: AsyncIterable<string>) =>
  reply
    .type("application/jsonl; charset=utf-8")
    .header("content-disposition", `attachment; filename="${job}-receipts.jsonl"`)
    .send(Readable.from(lines));

/** They were checked before they were signed. */
const parsed = (line: string) => JSON.parse(line) as SignedReceipt;

async function* linesOf(receipts: ReceiptDesk, job: JobId, tasks: number): AsyncGenerator<string> {
  for (let from = 0; from < tasks; from += receiptsPage) {
    const lines = await receipts.ofTasks(job, from, receiptsPage);
    if (lines.length > 0) yield `${lines.join("\n")}\n`;
  }
}
