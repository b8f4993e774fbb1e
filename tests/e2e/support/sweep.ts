import { Agent, request as send } from "node:http";
import type { OddRequest } from "./odd-requests";

/** An answer that no input may bring: a status of 500 and more, or none at all, and to what. */
export type Fault = { status: number | "no answer"; request: OddRequest };

const connections = 8;
const patienceMilliseconds = 30_000;

/**
 * Sends requests over connections that are kept, a few at a time, and follows where Next sends a
 * request of its own client to.
 *
 * @returns the answers of 5xx among them; a 503 only where it comes again when nothing else runs
 */
export async function sweep(url: string, requests: OddRequest[]): Promise<Fault[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const faults: Fault[] = [];
  const left = requests.values();
  const work = async () => {
    for (const request of left) {
      faults.push(...(await faultOf(agent, url, request)));
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const lasting: Fault[] = [];
  for (const fault of faults) {
    lasting.push(...(fault.status === 503 ? await faultOf(agent, url, fault.request) : [fault]));
  }
  agent.destroy();
  return lasting;
}

async function faultOf(agent: Agent, url: string, request: OddRequest): Promise<Fault[]> {
  const { status, location } = await answerTo(agent, url, request);
  if (status === "no answer" || status >= 500) {
    return [{ status, request }];
  }
  return location?.includes("_rsc=") && !request.target.includes("_rsc=")
    ? faultOf(agent, url, { ...request, target: location })
    : [];
}

type Answer = { status: number | "no answer"; location?: string | undefined };

function answerTo(agent: Agent, url: string, request: OddRequest): Promise<Answer> {
  const { method, target, headers, body } = request;
  return new Promise((done) => {
    let result: Answer = { status: "no answer" };
    const sent = send(
      {
        agent,
        host: "127.0.0.1",
        port: new URL(url).port,
        method,
        path: target,
        headers: headers.flat(),
        timeout: patienceMilliseconds,
      },
      (answer) => {
        result = { status: answer.statusCode ?? 0, location: answer.headers.location };
        answer.resume().once("close", () => done(result));
      },
    );
    // A refusal of what could not be read has a body even where a HEAD was meant.
    sent.once("error", () => done(result));
    sent.once("timeout", () => sent.destroy());
    sent.end(body);
  });
}

/** A fault in words, with all that it takes to send its request again. */
export function asText({ status, request }: Fault): string {
  const { method, target, headers, body } = request;
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`);
  return [`${status}: ${method} ${target}`, ...lines, `  ${body ?? ""}`].join("\n").slice(0, 2_000);
}
